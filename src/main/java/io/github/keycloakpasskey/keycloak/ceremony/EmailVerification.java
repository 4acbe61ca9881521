package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.keycloak.login.LoginState;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;

/**
 * Whether a user must verify an e-mail address before they create a passkey. Otherwise someone could create a passkey for an
 * account with another person's address, and that person could later take the account over in good faith.
 */
public final class EmailVerification {

    private static final String ACTION = UserModel.RequiredAction.VERIFY_EMAIL.name();

    private final RealmModel realm;
    private final LoginState login;
    private final UserModel user;

    EmailVerification(RealmModel realm, LoginState login, UserModel user) {
        this.realm = realm;
        this.login = login;
        this.user = user;
    }

    /** Whether the realm requires verified addresses, although the required action that verifies them is disabled. */
    public static boolean isImpossible(RealmModel realm) {
        return realm.isVerifyEmail() && !isActionEnabled(realm);
    }

    private static boolean isActionEnabled(RealmModel realm) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(ACTION);
        return action != null && action.isEnabled();
    }

    /** Whether the user must verify the address first, whatever the order of the realm's required actions. */
    boolean comesFirst() {
        boolean isPossible = isActionEnabled(realm);
        boolean hasAddress = user.getEmail() != null && !user.getEmail().isBlank();
        return hasAddress && (isPossible ? isRequired() : realm.isVerifyEmail() && !user.isEmailVerified());
    }

    /**
     * A login that must verify the address does it even if another login has verified it meanwhile: Keycloak's action checks
     * that it is the same user. Only the reader of an administrator's e-mail has verified it already.
     */
    private boolean isRequired() {
        if (user.isEmailVerified() && login.isByAdministratorsLinkOf(user.getId())) {
            return false;
        }
        return login.requiredActions().contains(ACTION)
                || (!user.isEmailVerified() && user.getRequiredActionsStream().anyMatch(ACTION::equals));
    }
}
