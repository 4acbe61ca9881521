package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
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
    private static final String KEEPS_OLDER = ":keep";
    private static final String REMOVES_OLDER = ":remove";

    private Recovery() {}

    /**
     * Asks for a new passkey before this login ends. Only for who has proven to be its user.
     *
     * @param removesOlder whether all older passkeys go once the new one is stored
     */
    public static void begin(AuthenticationSessionModel login, UserModel user, boolean removesOlder) {
        login.setAuthNote(NOTE, note(user, removesOlder));
        login.addRequiredAction(PasskeyIds.REGISTER_ACTION);
    }

    /** The note says whose recovery it is, as Keycloak may give a login another user later on. */
    private static String note(UserModel user, boolean removesOlder) {
        return user.getId() + (removesOlder ? REMOVES_OLDER : KEEPS_OLDER);
    }

    public static boolean isGoingOn(AuthenticationSessionModel login, UserModel user) {
        return note(user, false).equals(login.getAuthNote(NOTE)) || removesOlder(login, user);
    }

    public static boolean removesOlder(AuthenticationSessionModel login, UserModel user) {
        return note(user, true).equals(login.getAuthNote(NOTE));
    }

    /**
     * Ends a temporary lockout, as Keycloak does when a password was reset: else who is back in could
     * not sign in with the new passkey.
     */
    public static void unlock(KeycloakSession session, RealmModel realm, UserModel user) {
        UserLoginFailureModel failures = session.loginFailures().getUserLoginFailure(realm, user.getId());
        if (failures != null) {
            failures.clearFailures();
        }
    }
}
