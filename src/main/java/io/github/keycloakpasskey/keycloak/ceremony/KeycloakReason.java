package io.github.keycloakpasskey.keycloak.ceremony;

import java.util.Locale;

/**
 * Why a ceremony did not succeed although no rule of the specification was broken: a reason of Keycloak's, of the realm's
 * or of the browser's. The specification's reasons are {@link io.github.keycloakpasskey.webauthn.FailureReason}.
 */
public enum KeycloakReason {
    CHALLENGE_EXPIRED("No ceremony is open: the page was used before, is too old, or belongs to another sign-in."),
    POLICY_UNREADABLE("The realm's policy contains a value that is unknown here; the log names it."),
    NO_RELYING_PARTY_ID(
            "Neither the realm's policy nor the server's address gives a relying party ID; the log says why."),
    TOO_MANY_PASSKEYS("The user has as many passkeys as the realm allows."),
    REQUIRED_ACTION_DISABLED("A passkey must be created, but the required action that creates it is disabled."),
    LOGIN_NOT_GUARDED(
            "The flow follows an identity provider. Whether all of that login is one user's can be checked only while the"
                    + " required action \"Create a passkey\" is enabled."),
    SERVER_UNSUPPORTED("This version of Keycloak lacks something that the extension needs; the log names it."),
    EMAIL_NOT_PROVEN("A new passkey was requested without an e-mailed link, which alone proves whose it would be."),
    EMAIL_NOT_VERIFIABLE(
            "The realm requires verified e-mail addresses, but the required action that verifies them is disabled."),
    PROOF_LOST(
            "What proved the user's identity in this login does not count any more; the detail lost_proof says why."),
    LINK_USED("Another login has stored a passkey with the same link of an administrator's e-mail."),
    USER_DISABLED("The account of this passkey is disabled or was deleted."),
    USER_TEMPORARILY_LOCKED("The account of this passkey is temporarily locked after failed sign-ins."),
    MODEL_DENIED("The realm denies this model of authenticators, at sign-ins as well."),
    CLIENT_CANCELLED("The browser reports that the user cancelled, or that the time ran out."),
    CLIENT_ALREADY_REGISTERED("The browser reports that the authenticator already holds a passkey of this account."),
    CLIENT_SECURITY_ERROR("The browser reports that this address may not use the relying party ID."),
    CLIENT_UNSUPPORTED("The browser or the authenticator cannot do what was asked."),
    CLIENT_FAILED("The browser reported another failure.");

    private final String explanation;

    KeycloakReason(String explanation) {
        this.explanation = explanation;
    }

    /** What it means, in a sentence for administrators and developers. */
    public String explanation() {
        return explanation;
    }

    /** The name in lower case with hyphens, as events show it: {@code challenge-expired}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
