package io.github.keycloakpasskey.keycloak.ceremony;

import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/** Whether an account may sign in, apart from what its user proves. */
enum AccountLock {
    USABLE,
    /** Brute force detection refuses the account for a while. */
    TEMPORARILY_LOCKED,
    /** An administrator or brute force detection has disabled the account. */
    DISABLED;

    static AccountLock of(UserModel user, KeycloakSession session) {
        String lock = AuthenticatorUtils.getDisabledByBruteForceEventError(
                session.getProvider(BruteForceProtector.class),
                session,
                session.getContext().getRealm(),
                user);
        if (!user.isEnabled() || Errors.USER_DISABLED.equals(lock)) {
            return DISABLED;
        }
        return lock == null ? USABLE : TEMPORARILY_LOCKED;
    }
}
