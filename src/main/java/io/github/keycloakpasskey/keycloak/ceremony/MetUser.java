package io.github.keycloakpasskey.keycloak.ceremony;

import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whom the steps of a flow have met first in a browser tab. Keycloak may give the tab another user later on, and keeps
 * what was passed: a password of one's own would then count for somebody else.
 */
public final class MetUser {

    /** What the event says of a login that is refused for it. */
    public static final String CHANGED = "The user of this login changed on the way";

    /** Before the id of the flow. */
    private static final String NOTE = "passkey.met.";

    private MetUser() {}

    /**
     * Remembers whom the flow has met, if it is the first.
     *
     * @param user null where nobody is known yet
     */
    public static void remember(AuthenticationSessionModel login, String flowId, UserModel user) {
        if (user != null && login.getAuthNote(NOTE + flowId) == null) {
            login.setAuthNote(NOTE + flowId, user.getId());
        }
    }

    /**
     * Whether the flow has met somebody else than this user.
     *
     * @param user null where nobody is known
     */
    public static boolean isAnotherThan(AuthenticationSessionModel login, String flowId, UserModel user) {
        String met = login.getAuthNote(NOTE + flowId);
        return user != null && met != null && !met.equals(user.getId());
    }

    /** For a user who is turned away: the flow has met nobody. */
    public static void forget(AuthenticationSessionModel login, String flowId) {
        login.removeAuthNote(NOTE + flowId);
    }
}
