package io.github.keycloakpasskey.proof;

/** What is done against people and servers, by whom, and what stops it; in the order of the documents. */
public enum Threat {
    LOOK_ALIKE_SITE(
            Attacker.PHISHER,
            "A look-alike site has a person sign, and passes the answer on",
            "The browser offers a passkey to its own site alone. The origin and the relying party's id that were signed"
                    + " are compared to the letter"),
    FOREIGN_FRAME(
            Attacker.EMBEDDER,
            "A page of another site shows ours in a frame and has a person sign there",
            "An answer from a frame is refused unless its top origin is one that the realm names; none is by default"),
    REPLAY(
            Attacker.REMOTE,
            "An answer is sent again, or comes from another login or another page",
            "A challenge is 32 random bytes, belongs to one login in one tab, ends with the step's or the policy's timeout or else with"
                    + " that login, and serves one post on all nodes, whatever comes of it"),
    FORGED_ANSWER(
            Attacker.REMOTE,
            "Somebody without the private key makes up an answer, or changes one",
            "The signature is verified with the stored key, over everything that was signed"),
    HOSTILE_INPUT(
            Attacker.REMOTE,
            "What is posted wears the server down or makes it fail",
            "Nothing longer than 64 KiB is read, and Keycloak turns away what is over 128 KiB. Whatever cannot be read is"
                    + " refused with a page, never a server error"),
    SCRIPT(
            Attacker.REMOTE,
            "A label or a reported error brings a script into the pages",
            "Templates escape everything and hold no inline script, so they work under `script-src 'self'`"),
    ACCOUNT_PROBE(
            Attacker.REMOTE,
            "Somebody finds out which names have an account, or a passkey",
            "With the step Username Form before Passkey, and Required after it Passkey or the page of passkey and"
                    + " password, names without passkeys are asked for imaginary ones, and fail in the same way and time."
                    + " A credential id that was seen there says nothing in another login"),
    LOCK_OUT(
            Attacker.REMOTE,
            "Somebody locks a person out by failing on purpose",
            "A refused or cancelled passkey does not count as a wrong password. A passkey that verified its user, and is"
                    + " all that the login rests on, passes a temporary lock"),
    UNCOUNTED_GUESS(
            Attacker.REMOTE,
            "Somebody tries passwords for one name, and has the failures counted for another",
            "A password is checked for the account of the name that the failures are counted for, and for no other"),
    FORGED_LOG(
            Attacker.REMOTE,
            "Text in a response or in a realm's settings forges or floods the log and the events of a shared server",
            "Foreign text is quoted, escaped and cut. A problem is logged once for each realm and value, and a realm gets at"
                    + " most 100 lines an hour"),
    SLOW_SETTINGS(
            Attacker.MISTAKE,
            "A long list in a realm's settings slows every page that anyone can open",
            "Texts and lists have limits, and each text is read once"),
    UNNOTICED(
            Attacker.REMOTE,
            "Attempts leave no trace",
            "Every refusal is an event with one of Keycloak's errors and the reason"),
    FOREIGN_PASSKEY(
            Attacker.USER,
            "A user signs in to somebody else's account with a passkey of their own",
            "The passkey has to belong to whom the login is about, and its owner's handle has to come back"),
    CLAIMED_ID(
            Attacker.USER,
            "A user registers a credential id that is somebody else's, also at the same moment",
            "The row's id is derived from it, so that the database's primary key lets one user of the realm have it"),
    UNPROVEN_NAME(
            Attacker.USER,
            "Who only typed a name makes a passkey for its account, or goes on as its owner",
            "Nobody makes a passkey in a login that has not proven whose it is. A typed name proves nothing"),
    LINK_FOR_ANOTHER_PURPOSE(
            Attacker.USER,
            "A link that was e-mailed for one purpose, or was used already, serves for another: it opens the recovery,"
                    + " replaces passkeys or confirms an account",
            "The type of the link's token decides. Only the link of a recovery opens the recovery"),
    LOST_PROOF(
            Attacker.THIEF,
            "Someone has got as far as the page that creates a passkey, and goes on after the owner has changed the"
                    + " password, deleted the passkey or ended all sessions",
            "The login keeps what proved its user. When the passkey is stored, under the lock of the owner's row, and"
                    + " when the login ends, the proof must still count; it grows no younger by reloading the page"),
    THIEF_AFTER_RECOVERY(
            Attacker.THIEF,
            "Someone who signed in with a stolen passkey stays signed in after the owner has recovered the account",
            "A recovery that removes the older passkeys ends all other sessions, also offline ones"),
    SECOND_FACTOR_BY_FIRST(
            Attacker.THIEF,
            "Someone who knows the password alone adds a passkey to an account that has one, and uses it for a higher"
                    + " level",
            "The required action asks for the level that Keycloak asks for with `kc_action`. Until then it stays pending"),
    SKIPPED_PASSKEY(
            Attacker.USER,
            "A user without a passkey goes on past a step that requires one",
            "Who has none makes one before the login ends. Where nobody can make one the login fails"),
    WEAK_KEY(
            Attacker.USER,
            "A user registers a key that is none, or is weaker than the realm allows",
            "The key has to be on its curve, and its algorithm one that was offered"),
    BLOCKED_ACCOUNT(
            Attacker.USER,
            "A user whose account is disabled or locked signs in with a passkey",
            "Refused after the signature was verified, so that only the owner is told. A temporary lock holds for a passkey"
                    + " without user verification and for one that follows another credential"),
    LOOK_ALIKE_NAME(
            Attacker.USER,
            "A name that only resembles another user's name leads to that account, where the database ignores accents",
            "The user who was found must have exactly the name that was entered, or the login goes on for nobody"),
    MISLEADING_LABEL(
            Attacker.USER,
            "A label shows its letters in another order, or looks like another passkey's label",
            "Characters that cannot be seen are removed; equal labels get numbers"),
    LEFT_ACTION(
            Attacker.USER,
            "A forged field or the browser's word alone lets a user leave what the login requires",
            "Only a user with a passkey that works here can leave the required action, only where no e-mail, step or app"
                    + " asks for the passkey, and the action stays required"),
    STOLEN_DEVICE(
            Attacker.THIEF,
            "A security key is stolen or found",
            "Where the policy requires user verification an answer without it is refused. A deleted passkey is refused"
                    + " from then on"),
    STOLEN_DATABASE(
            Attacker.THIEF,
            "The database is stolen",
            "Of passkeys it holds the public keys, with which nobody can sign in"),
    LINKED_HANDLE(
            Attacker.THIEF,
            "Who reads an authenticator's memory learns whose passkey it is from the user handle",
            "The handle is the account's random id, or a digest where the id could say more"),
    COPIED_KEY(
            Attacker.AUTHENTICATOR,
            "A private key was copied, and both copies sign in, also at the same moment",
            "Where the authenticator counts, a counter that did not grow is refused or flagged, as the realm chose. It is"
                    + " decided on the row under a lock, so one value serves one session"),
    FALSE_MODEL(
            Attacker.AUTHENTICATOR,
            "An authenticator claims to be another model",
            "A list of allowed models counts only those that a trusted attestation proves: by a certificate that names"
                    + " the model, or by a root that the metadata list for it. A wrong attestation is refused"),
    CONTRADICTORY_FLAGS(
            Attacker.AUTHENTICATOR,
            "An authenticator says what cannot be, or what it did not say at registration",
            "Flags are held against each other, the data and the registration"),
    COMPROMISED_MODEL(
            Attacker.AUTHENTICATOR,
            "A model whose keys are known to have been read out, or that is not certified as demanded, makes a passkey",
            "The FIDO Metadata Service knows of it, where the realm trusts that: such a model is refused, whoever else"
                    + " vouches for it. Where a certification is demanded, so is a proof of the model"),
    UNWANTED_PASSKEY(
            Attacker.USER,
            "A user makes a passkey that the realm does not want: synced, of a denied model or format, or one too many",
            "The settings of the required action refuse it. As far as only the authenticator says it, that is a courtesy"
                    + " check"),
    FORGED_METADATA(
            Attacker.NETWORK,
            "The metadata of authenticators are forged, outdated or kept away",
            "Signature, chain, signer and number are verified. What is known stays in use when nothing newer comes, with a"
                    + " warning; where nothing is known, nobody is vouched for or certified. No number comes back that is"
                    + " lower than the highest, unless nothing was kept"),
    VAIN_RULE(
            Attacker.MISTAKE,
            "An administrator saves a rule that protects nothing, or keeps everybody out",
            "What cannot work is refused when it is saved, with the reason. What an import brings in all the same is read"
                    + " strictly, and the log says so");

    private final Attacker attacker;
    private final String what;
    private final String stoppedBy;

    Threat(Attacker attacker, String what, String stoppedBy) {
        this.attacker = attacker;
        this.what = what;
        this.stoppedBy = stoppedBy;
    }

    String from() {
        return attacker.name;
    }

    String what() {
        return what;
    }

    String stoppedBy() {
        return stoppedBy;
    }

    private enum Attacker {
        PHISHER("Phisher"),
        EMBEDDER("Embedding site"),
        REMOTE("Anybody on the web"),
        USER("User of the realm"),
        THIEF("Thief"),
        AUTHENTICATOR("Authenticator"),
        NETWORK("Network"),
        MISTAKE("Mistake");

        private final String name;

        Attacker(String name) {
            this.name = name;
        }
    }
}
