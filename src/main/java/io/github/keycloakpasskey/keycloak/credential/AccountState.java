package io.github.keycloakpasskey.keycloak.credential;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * What decides whether an earlier proof still counts for a user.
 *
 * @param enabled whether the account is enabled
 * @param notBefore since when sessions of the user count, in seconds since 1970; 0 if always
 * @param email the e-mail address; null if there is none
 * @param credentials the user's credentials of all types, by their ids
 */
public record AccountState(boolean enabled, long notBefore, String email, Map<String, StoredCredential> credentials) {

    /** The attribute of a session that has seen credentials which its user cache does not know yet. */
    private static final String SEEN = AccountState.class.getName() + ".seen";

    public AccountState {
        credentials = Map.copyOf(credentials);
    }

    /** The state that the user cache has, with the credentials that this session has {@linkplain #addSeen seen}. */
    public static AccountState of(KeycloakSession session, UserModel user) {
        Map<String, StoredCredential> credentials = user.credentialManager()
                .getStoredCredentialsStream()
                .collect(Collectors.toMap(
                        CredentialModel::getId, StoredCredential::of, (one, same) -> one, HashMap::new));
        credentials.putAll(seen(session));
        return of(session, user, credentials);
    }

    /** Adds a credential that this session has locked, and that another transaction stored after the user was read. */
    static void addSeen(KeycloakSession session, String id, StoredCredential credential) {
        Map<String, StoredCredential> seen = new HashMap<>(seen(session));
        seen.put(id, credential);
        session.setAttribute(SEEN, seen);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, StoredCredential> seen(KeycloakSession session) {
        return Objects.requireNonNullElse(session.getAttribute(SEEN, Map.class), Map.of());
    }

    /** The state of the user with these credentials. */
    static AccountState of(KeycloakSession session, UserModel user, Map<String, StoredCredential> credentials) {
        int notBefore = session.users().getNotBeforeOfUser(session.getContext().getRealm(), user);
        return new AccountState(user.isEnabled(), notBefore, user.getEmail(), credentials);
    }
}
