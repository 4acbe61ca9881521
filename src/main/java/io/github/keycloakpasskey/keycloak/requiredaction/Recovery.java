package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.credential.PasskeyCredentialModel;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A login in which somebody makes a new passkey in place of lost ones. It is remembered in the
 * authentication session, and ends with it.
 */
public final class Recovery {

    private static final String NOTE = "passkey.recovery";
    private static final String KEEPS_OLDER = "keep";
    private static final String REMOVES_OLDER = "remove";

    private Recovery() {}

    /**
     * Whether the user came by the link of an e-mail that Keycloak sent to them.
     *
     * @param user null where nobody is known
     */
    public static boolean isProvenByEmail(AuthenticationSessionModel login, UserModel user) {
        return user != null && user.getId().equals(login.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID));
    }

    /**
     * Asks for a new passkey before this login ends. Only for who has proven to be its user.
     *
     * @param removesOlder whether all older passkeys go once the new one is stored
     */
    public static void begin(AuthenticationSessionModel login, boolean removesOlder) {
        login.setAuthNote(NOTE, removesOlder ? REMOVES_OLDER : KEEPS_OLDER);
        login.addRequiredAction(PasskeyCredentialModel.CREATE_ACTION);
    }

    static boolean isGoingOn(AuthenticationSessionModel login) {
        return login.getAuthNote(NOTE) != null;
    }

    static boolean removesOlder(AuthenticationSessionModel login) {
        return REMOVES_OLDER.equals(login.getAuthNote(NOTE));
    }

    /**
     * Ends a temporary lockout, as Keycloak does when a password was reset: else who is back in could
     * not sign in with the new passkey.
     */
    static void unlock(KeycloakSession session, RealmModel realm, UserModel user) {
        UserLoginFailureModel failures = session.loginFailures().getUserLoginFailure(realm, user.getId());
        if (failures != null) {
            failures.clearFailures();
        }
    }
}
