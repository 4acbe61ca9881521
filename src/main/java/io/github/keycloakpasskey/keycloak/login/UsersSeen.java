package io.github.keycloakpasskey.keycloak.login;

import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whom this extension has met in a flow of a browser tab. Keycloak may give the tab another user later on, and keeps what
 * was passed: a password of one's own would then count for somebody else. So a flow that has met several counts for none
 * of them, until the tab begins anew.
 */
public final class UsersSeen {

    /** What an event says of a login that is refused for it. */
    public static final String CHANGED = "The user of this login changed on the way";

    /** Its value is the id of the user, or {@link #SEVERAL}. */
    private static final String NOTE = "passkey.met.";

    private static final String SEVERAL = "several";

    /** All flows that follow a sign-in through others are one: Keycloak does not tell whose end it has come to. */
    private static final String AFTER_OTHERS = "after-others";

    private final AuthenticationSessionModel login;
    private final String note;

    private UsersSeen(AuthenticationSessionModel login, String flow) {
        this.login = login;
        this.note = NOTE + flow;
    }

    /** Of the flow that this step belongs to. */
    public static UsersSeen in(AuthenticationFlowContext context) {
        return LoginActionsService.POST_BROKER_LOGIN_PATH.equals(context.getFlowPath())
                ? afterOthers(context.getAuthenticationSession())
                : in(context.getAuthenticationSession(), context.getTopLevelFlow());
    }

    /** Of a flow that does not follow a sign-in through others. */
    public static UsersSeen in(AuthenticationSessionModel login, AuthenticationFlowModel flow) {
        return new UsersSeen(login, flow.getId());
    }

    /** Of the flows that follow a sign-in through others. */
    public static UsersSeen afterOthers(AuthenticationSessionModel login) {
        return new UsersSeen(login, AFTER_OTHERS);
    }

    /**
     * Notes one more.
     *
     * @param user null where nobody is known yet
     */
    public void add(UserModel user) {
        if (user != null) {
            login.setAuthNote(note, areOtherThan(user) ? SEVERAL : user.getId());
        }
    }

    /**
     * Whether there is anybody else than this user among them.
     *
     * @param user null where nobody is known
     */
    public boolean areOtherThan(UserModel user) {
        String met = login.getAuthNote(note);
        return user != null && met != null && !met.equals(user.getId());
    }

    /** For a user who has shown nothing, and is taken from the login. */
    public void forget() {
        login.removeAuthNote(note);
    }

    /** Ends the event of a login that is refused. */
    public static void tell(EventBuilder event) {
        event.detail(Details.AUTHENTICATION_ERROR_DETAIL, CHANGED).error(Errors.GENERIC_AUTHENTICATION_ERROR);
    }
}
