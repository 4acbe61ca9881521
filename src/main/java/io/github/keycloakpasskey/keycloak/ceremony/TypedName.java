package io.github.keycloakpasskey.keycloak.ceremony;

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
public final class TypedName {

    /** The id of the account whose name it is. */
    private static final String ACCOUNT = "passkey.typed-name";

    private TypedName() {}

    /**
     * Remembers a name for the steps that follow, those of Keycloak too.
     *
     * @param account whose it is; empty where nobody has it
     */
    public static void remember(AuthenticationSessionModel login, String typed, Optional<UserModel> account) {
        login.setAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME, typed);
        // Without it Keycloak's pages show the name of those who exist alone.
        login.setAuthNote(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN, "true");
        account.map(UserModel::getId)
                .ifPresentOrElse(id -> login.setAuthNote(ACCOUNT, id), () -> login.removeAuthNote(ACCOUNT));
    }

    /** Forgets it, where something else has said who is there. */
    public static void forget(AuthenticationSessionModel login) {
        login.removeAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
        login.removeAuthNote(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN);
        login.removeAuthNote(ACCOUNT);
    }

    /** Who a login is about: its user, or the account whose name was typed; nothing is proven of the latter. */
    public static Optional<UserModel> account(AuthenticationFlowContext context) {
        return Optional.ofNullable(context.getUser())
                .or(() -> Optional.ofNullable(context.getAuthenticationSession().getAuthNote(ACCOUNT))
                        .map(id -> context.getSession().users().getUserById(context.getRealm(), id)));
    }
}
