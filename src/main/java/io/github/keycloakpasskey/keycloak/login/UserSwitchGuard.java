package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.flow.PasskeyAuthenticatorFactory;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticatorFactory;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.services.ErrorPage;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.ExecutionStatus;

/**
 * What a browser tab has been through in its login. It belongs to the tab and not to a user: whoever opens the page for
 * forgotten passwords, or signs in through others and stops halfway, can have Keycloak change the user of the tab, or
 * forget it, and keep the steps that somebody else has passed.
 */
public final class UserSwitchGuard {

    /** The id of the user who has no passkey and makes one before the login ends. */
    private static final String MAKING_ONE = "passkey.making-one";

    private UserSwitchGuard() {}

    /**
     * Has a login start anew where what it has passed may have been another user's, and else notes whom it has met. The
     * steps that sign somebody in, or ask for a name, do this first, and have nothing more to do where it is so.
     */
    public static boolean startsAnew(AuthenticationFlowContext context) {
        boolean isMixedUp = isMixedUp(context);
        if (isMixedUp) {
            startAnew(context);
        } else {
            meet(context);
        }
        return isMixedUp;
    }

    /** Notes whom the flow is about, where that is known by now. */
    public static void meet(AuthenticationFlowContext context) {
        UsersSeen.in(context).add(context.getUser());
    }

    /** Takes the user from a login that has not shown who is there; what somebody has shown is not forgotten. */
    public static void forgetUser(AuthenticationFlowContext context) {
        if (!IdentityProof.isAnyProofIn(context.getAuthenticationSession())) {
            UsersSeen.in(context).forget();
        }
        context.clearUser();
    }

    /** Flows that do not begin with the sign-in page, as after a sign-in through others, rightly follow upon another one. */
    private static boolean isMixedUp(AuthenticationFlowContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        AuthenticationFlowModel flow = context.getTopLevelFlow();
        boolean isSignInPage = LoginActionsService.AUTHENTICATE_PATH.equals(context.getFlowPath());
        return (isSignInPage
                        && (hasBeenElsewhere(login, flow)
                                || UsersSeen.in(login, flow).areOtherThan(context.getUser())))
                || (context.getUser() == null && IdentityProof.isAnyProofIn(login))
                || (AuthenticatorUtil.isSSOAuthentication(login)
                        && IdentityProof.of(context)
                                .filter(IdentityProof::hasSession)
                                .isEmpty());
    }

    /**
     * Begins with the flow's first step, and with what its app has asked for. Whoever has passed a step already, and has
     * to again, is told that it has expired.
     */
    private static void startAnew(AuthenticationFlowContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        LoginRequest asked = LoginRequest.of(login);
        boolean isAnythingLost = passed(login).findAny().isPresent();
        context.resetFlow(() -> {
            asked.restore(login);
            if (isAnythingLost) {
                context.setForwardedInfoMessage(Messages.EXPIRED_ACTION);
            }
        });
    }

    /**
     * Whether a tab has been through steps of another flow, or stands before those that follow a sign-in through others:
     * Keycloak has given it their user then, and no step tells.
     */
    private static boolean hasBeenElsewhere(AuthenticationSessionModel login, AuthenticationFlowModel flow) {
        return login.getAuthNote(PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT) != null
                || steps(login).anyMatch(step -> !isOf(flow, step, login.getRealm()));
    }

    /** The steps of a tab that have come to anything, whatever that was. */
    private static Stream<AuthenticationExecutionModel> steps(AuthenticationSessionModel login) {
        return login.getExecutionStatus().keySet().stream()
                .map(login.getRealm()::getAuthenticationExecutionById)
                .filter(Objects::nonNull);
    }

    /** The steps of a tab that have succeeded; sub-flows are none. */
    public static Stream<AuthenticationExecutionModel> passed(AuthenticationSessionModel login) {
        Map<String, ExecutionStatus> status = login.getExecutionStatus();
        return steps(login)
                .filter(step -> !step.isAuthenticatorFlow())
                .filter(step -> status.get(step.getId()) == ExecutionStatus.SUCCESS);
    }

    public static boolean isOf(AuthenticationFlowModel flow, AuthenticationExecutionModel step, RealmModel realm) {
        return AuthenticatorUtil.getTopParentFlow(realm, step).getId().equals(flow.getId());
    }

    /** The steps of a flow and of its sub-flows that are not switched off. */
    public static Stream<AuthenticationExecutionModel> enabledSteps(RealmModel realm, String flow) {
        return realm.getAuthenticationExecutionsStream(flow)
                .filter(AuthenticationExecutionModel::isEnabled)
                .flatMap(step -> step.isAuthenticatorFlow() ? enabledSteps(realm, step.getFlowId()) : Stream.of(step));
    }

    public static void makesOne(AuthenticationSessionModel login, UserModel user) {
        login.setAuthNote(MAKING_ONE, user.getId());
    }

    /**
     * Looks once more when a flow with one of this extension's steps has come to its end, as other steps may have come
     * after it. A tab that is refused has forgotten everything, and begins anew when it is loaded again.
     *
     * @throws WebApplicationException on the sign-in page: a flow whose last alternative ends it would go on after an
     *     exception of Keycloak's own
     * @throws AuthenticationFlowException elsewhere, of which Keycloak makes the event of that flow
     */
    public static void verifyEnd(KeycloakSession session, AuthenticationFlowModel flow) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        if (isSignInPage(session, login, flow)) {
            if (isOfSomeoneElse(login, flow, UsersSeen.in(login, flow))
                    || hasBroughtAnythingFromElsewhere(login, flow)) {
                UsersSeen.tell(loginEvent(session, login));
                LoginRequest.reset(login);
                throw new WebApplicationException(
                        ErrorPage.error(session, login, Response.Status.BAD_REQUEST, Messages.EXPIRED_ACTION));
            }
        } else if (isOfSomeoneElse(login, flow, metIn(session, login, flow))) {
            LoginRequest.reset(login);
            throw new AuthenticationFlowException(
                    AuthenticationFlowError.GENERIC_AUTHENTICATION_ERROR, UsersSeen.CHANGED, Messages.EXPIRED_ACTION);
        }
    }

    private static boolean isOfSomeoneElse(
            AuthenticationSessionModel login, AuthenticationFlowModel flow, UsersSeen met) {
        UserModel user = login.getAuthenticatedUser();
        boolean asksForPasskey = passed(login)
                .filter(step -> isOf(flow, step, login.getRealm()))
                .anyMatch(step -> PasskeyAuthenticatorFactory.ID.equals(step.getAuthenticator()));
        boolean hasPasskey = CompletedPasskey.in(login, user).isPresent()
                || (user != null && user.getId().equals(login.getAuthNote(MAKING_ONE)));
        return (asksForPasskey && !hasPasskey) || met.areOtherThan(user);
    }

    /** Single sign-on alone has passed nothing that somebody else could have shown. */
    private static boolean hasBroughtAnythingFromElsewhere(
            AuthenticationSessionModel login, AuthenticationFlowModel flow) {
        return hasBeenElsewhere(login, flow)
                && passed(login)
                        .anyMatch(step -> !CookieAuthenticatorFactory.PROVIDER_ID.equals(step.getAuthenticator()));
    }

    private static EventBuilder loginEvent(KeycloakSession session, AuthenticationSessionModel login) {
        return new EventBuilder(login.getRealm(), session, session.getContext().getConnection())
                .event(EventType.LOGIN)
                .client(login.getClient())
                .user(login.getAuthenticatedUser())
                .detail(Details.AUTH_METHOD, login.getProtocol())
                .detail(Details.REDIRECT_URI, login.getRedirectUri())
                .detail(Details.CODE_ID, login.getParentSession().getId());
    }

    private static UsersSeen metIn(
            KeycloakSession session, AuthenticationSessionModel login, AuthenticationFlowModel flow) {
        return isAfterOthers(session, login) ? UsersSeen.afterOthers(login) : UsersSeen.in(login, flow);
    }

    /** A flow can be both the realm's sign-in and what follows a sign-in through others. */
    private static boolean isSignInPage(
            KeycloakSession session, AuthenticationSessionModel login, AuthenticationFlowModel flow) {
        return AuthenticationFlowResolver.resolveBrowserFlow(login).getId().equals(flow.getId())
                && !isAfterOthers(session, login);
    }

    /** The end of a flow is told without its path; the address has it. */
    private static boolean isAfterOthers(KeycloakSession session, AuthenticationSessionModel login) {
        UriInfo uri = session.getContext().getUri();
        URI afterOthers = LoginActionsService.postBrokerLoginProcessor(uri)
                .build(login.getRealm().getName());
        return uri.getAbsolutePath().getPath().equals(afterOthers.getPath());
    }
}
