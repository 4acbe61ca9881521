package io.github.keycloakpasskey.keycloak.login;

import java.util.Objects;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The user name that somebody has typed on a page of its own, before anything was proven.
 *
 * <p>Its account is not made the login's user before that. Keycloak says more, and does more, where it knows a user, and
 * so would tell which names exist.
 */
public final class AttemptedUsername {

    /** The id of the account whose name it is. */
    private static final String ACCOUNT = "passkey.typed-name";

    /** The name that the account was found by: Keycloak's steps may replace the other, and count failures for it. */
    private static final String FOUND_BY = "passkey.typed-name.found-by";

    private AttemptedUsername() {}

    /**
     * Remembers a name for the steps that follow, those of Keycloak too.
     *
     * @param account whose it is; empty where nobody has it
     */
    public static void remember(AuthenticationSessionModel login, String typed, Optional<UserModel> account) {
        login.setAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME, typed);
        // Without it Keycloak's pages show the name of those who exist alone.
        login.setAuthNote(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN, "true");
        login.setAuthNote(FOUND_BY, typed);
        account.map(UserModel::getId)
                .ifPresentOrElse(id -> login.setAuthNote(ACCOUNT, id), () -> login.removeAuthNote(ACCOUNT));
    }

    /** Forgets it, where something else has said who is there. */
    public static void forget(AuthenticationSessionModel login) {
        login.removeAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
        login.removeAuthNote(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN);
        login.removeAuthNote(ACCOUNT);
        login.removeAuthNote(FOUND_BY);
    }

    /** Who a login is about: its user, or the account whose name was typed; nothing is proven of the latter. */
    public static Optional<UserModel> account(AuthenticationFlowContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        return Optional.ofNullable(context.getUser()).or(() -> Optional.ofNullable(login.getAuthNote(ACCOUNT))
                .filter(id -> isStillTyped(login))
                .map(id -> context.getSession().users().getUserById(context.getRealm(), id)));
    }

    private static boolean isStillTyped(AuthenticationSessionModel login) {
        return Objects.equals(
                login.getAuthNote(FOUND_BY), login.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME));
    }
}
