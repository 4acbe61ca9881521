package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.credential.AccountState;
import io.github.keycloakpasskey.keycloak.credential.StoredCredential;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What proved the user of a login, as it was when the steps of the login were done. The login may wait for long after that,
 * and what was proven can be taken back meanwhile.
 *
 * @param user the id of the user
 * @param given when the oldest part of the proof was given, in seconds since 1970
 * @param taken when this was recorded, in seconds since 1970; from then on the login waits
 * @param credentials the credentials that were used, by their ids
 * @param email the address to which a link was sent; null if the login came by none
 * @param session the id of the session that replaced a sign-in; null if there was none
 * @param provider the alias of the identity provider; null if there was none
 * @param created whether it is the passkey that this login has created
 */
record ProofSnapshot(
        String user,
        long given,
        long taken,
        Map<String, StoredCredential> credentials,
        String email,
        String session,
        String provider,
        boolean created) {

    ProofSnapshot {
        credentials = Map.copyOf(credentials);
    }

    /** A proof that rests on nothing else than that the account stays enabled and signed in. */
    static ProofSnapshot of(String user, long now) {
        return new ProofSnapshot(user, now, now, Map.of(), null, null, null, false);
    }

    /** The proof that a passkey is, which this login has created. */
    static ProofSnapshot ofNewPasskey(String user, String id, StoredCredential passkey, long now) {
        return new ProofSnapshot(user, now, now, Map.of(id, passkey), null, null, null, true);
    }

    ProofSnapshot given(long earlier) {
        return new ProofSnapshot(user, Math.min(given, earlier), taken, credentials, email, session, provider, created);
    }

    ProofSnapshot withCredentials(Map<String, StoredCredential> used) {
        return with(credentials -> credentials.putAll(used));
    }

    ProofSnapshot withEmail(String address) {
        return new ProofSnapshot(user, given, taken, credentials, address, session, provider, created);
    }

    ProofSnapshot withSession(String id) {
        return new ProofSnapshot(user, given, taken, credentials, email, id, provider, created);
    }

    ProofSnapshot withProvider(String alias) {
        return new ProofSnapshot(user, given, taken, credentials, email, session, alias, created);
    }

    /** The same proof after this login itself has replaced the user's credentials of a type. */
    ProofSnapshot afterReplacing(String type, AccountState account) {
        return with(credentials -> {
            credentials.values().removeIf(used -> used.type().equals(type));
            account.credentials().forEach((id, stored) -> {
                if (stored.type().equals(type)) {
                    credentials.put(id, stored);
                }
            });
        });
    }

    /** The same proof after this login itself has removed a credential of the user. */
    ProofSnapshot afterRemoving(String id) {
        return with(credentials -> credentials.remove(id));
    }

    private ProofSnapshot with(Consumer<Map<String, StoredCredential>> change) {
        Map<String, StoredCredential> changed = new HashMap<>(credentials);
        change.accept(changed);
        return new ProofSnapshot(user, given, taken, changed, email, session, provider, created);
    }

    /** What of the proof the account has lost since. */
    Optional<ProofLoss> lossIn(AccountState account) {
        if (!account.enabled()) {
            return Optional.of(ProofLoss.ACCOUNT_DISABLED);
        }
        // Instants are whole seconds. A session of the same second is taken for an older one.
        boolean isSignedOut = session == null ? account.notBefore() > given : account.notBefore() >= given;
        if (isSignedOut) {
            return Optional.of(ProofLoss.SIGNED_OUT);
        }
        if (!account.credentials().entrySet().containsAll(credentials.entrySet())) {
            return Optional.of(ProofLoss.CREDENTIAL_CHANGED);
        }
        return email == null || email.equalsIgnoreCase(account.email())
                ? Optional.empty()
                : Optional.of(ProofLoss.EMAIL_CHANGED);
    }
}
