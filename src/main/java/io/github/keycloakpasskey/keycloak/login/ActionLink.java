package io.github.keycloakpasskey.keycloak.login;

import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The link of an e-mail that Keycloak sends to a user: whoever opens it reads the user's mails. */
public final class ActionLink {

    private ActionLink() {}

    /**
     * Whether this login came by a link that was sent to the user.
     *
     * @param user null where nobody is known
     */
    public static boolean leadTo(AuthenticationSessionModel login, UserModel user) {
        return user != null && user.getId().equals(login.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID));
    }
}
