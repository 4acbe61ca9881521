package io.github.keycloakpasskey.keycloak.credential;

import java.util.Map;
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

    public AccountState {
        credentials = Map.copyOf(credentials);
    }

    /** The state that the user cache has. */
    public static AccountState of(KeycloakSession session, UserModel user) {
        Map<String, StoredCredential> credentials = user.credentialManager()
                .getStoredCredentialsStream()
                .collect(Collectors.toMap(CredentialModel::getId, StoredCredential::of, (one, same) -> one));
        return of(session, user, credentials);
    }

    /** The state of the user with these credentials. */
    static AccountState of(KeycloakSession session, UserModel user, Map<String, StoredCredential> credentials) {
        int notBefore = session.users().getNotBeforeOfUser(session.getContext().getRealm(), user);
        return new AccountState(user.isEnabled(), notBefore, user.getEmail(), credentials);
    }
}
