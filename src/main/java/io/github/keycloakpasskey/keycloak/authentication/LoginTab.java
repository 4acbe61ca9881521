package io.github.keycloakpasskey.keycloak.authentication;

import io.github.keycloakpasskey.keycloak.ceremony.AppRequest;
import io.github.keycloakpasskey.keycloak.ceremony.MetUser;
import io.github.keycloakpasskey.keycloak.ceremony.UsedPasskey;
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
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.ExecutionStatus;

/**
 * What a browser tab has been through in its login. It belongs to the tab and not to a user: whoever opens the page for
 * forgotten passwords, or signs in through others and stops halfway, can have Keycloak change the user of the tab, or
 * forget it, and keep the steps that somebody else has passed.
 */
final class LoginTab {

    /** The id of the user who has no passkey and makes one before the login ends. */
    private static final String MAKING_ONE = "passkey.making-one";

    private LoginTab() {}

    /**
     * Has a login start anew where what it has passed may have been another user's, and else notes whom it has met. Every
     * step of this extension asks this first, and has nothing more to do where it is so.
     */
    static boolean startsAnew(AuthenticationFlowContext context) {
        boolean isMixedUp = isMixedUp(context);
        if (isMixedUp) {
            startAnew(context);
        } else {
            meet(context);
        }
        return isMixedUp;
    }

    /** Notes whom the flow is about, where that is known by now. */
    static void meet(AuthenticationFlowContext context) {
        MetUser.remember(
                context.getAuthenticationSession(), context.getTopLevelFlow().getId(), context.getUser());
    }

    /** Takes the user from a login that has not shown who is there. */
    static void forgetUser(AuthenticationFlowContext context) {
        MetUser.forget(
                context.getAuthenticationSession(), context.getTopLevelFlow().getId());
        context.clearUser();
    }

    /** Flows that do not begin with the sign-in page, as after a sign-in through others, rightly follow upon another one. */
    private static boolean isMixedUp(AuthenticationFlowContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        AuthenticationFlowModel flow = context.getTopLevelFlow();
        boolean isSignInPage = LoginActionsService.AUTHENTICATE_PATH.equals(context.getFlowPath());
        return (isSignInPage
                        && (hasBeenElsewhere(login, flow)
                                || MetUser.isAnotherThan(login, flow.getId(), context.getUser())))
                || (context.getUser() == null && Identity.isAnyProofIn(login))
                || (AuthenticatorUtil.isSSOAuthentication(login)
                        && Identity.of(context).filter(Identity::hasSession).isEmpty());
    }

    /**
     * Begins with the flow's first step, and with what its app has asked for. Whoever has passed a step already, and has
     * to again, is told that it has expired.
     */
    private static void startAnew(AuthenticationFlowContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        AppRequest asked = AppRequest.of(login);
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
    static Stream<AuthenticationExecutionModel> passed(AuthenticationSessionModel login) {
        Map<String, ExecutionStatus> status = login.getExecutionStatus();
        return steps(login)
                .filter(step -> !step.isAuthenticatorFlow())
                .filter(step -> status.get(step.getId()) == ExecutionStatus.SUCCESS);
    }

    static boolean isOf(AuthenticationFlowModel flow, AuthenticationExecutionModel step, RealmModel realm) {
        return AuthenticatorUtil.getTopParentFlow(realm, step).getId().equals(flow.getId());
    }

    static void makesOne(AuthenticationSessionModel login, UserModel user) {
        login.setAuthNote(MAKING_ONE, user.getId());
    }

    /**
     * Looks once more when a flow with one of this extension's steps has come to its end, as other steps may have come
     * after it. A sign-in page that is refused begins anew when it is loaded again.
     *
     * @throws AuthenticationFlowException if what was passed need not have been the user's
     */
    static void verifyEnd(KeycloakSession session, AuthenticationFlowModel flow) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        boolean isSignInPage = isSignInPage(session, login, flow);
        if (isOfSomeoneElse(login, flow) || (isSignInPage && hasBeenElsewhere(login, flow))) {
            if (isSignInPage) {
                AppRequest.reset(login);
            }
            throw new AuthenticationFlowException(
                    AuthenticationFlowError.GENERIC_AUTHENTICATION_ERROR, MetUser.CHANGED, Messages.EXPIRED_ACTION);
        }
    }

    private static boolean isOfSomeoneElse(AuthenticationSessionModel login, AuthenticationFlowModel flow) {
        UserModel user = login.getAuthenticatedUser();
        boolean asksForPasskey = passed(login)
                .filter(step -> isOf(flow, step, login.getRealm()))
                .anyMatch(step -> PasskeyAuthenticatorFactory.ID.equals(step.getAuthenticator()));
        boolean hasPasskey = UsedPasskey.in(login, user).isPresent()
                || (user != null && user.getId().equals(login.getAuthNote(MAKING_ONE)));
        return (asksForPasskey && !hasPasskey) || MetUser.isAnotherThan(login, flow.getId(), user);
    }

    /** A flow can be both the realm's sign-in and what follows a sign-in through others; the address says which it is. */
    private static boolean isSignInPage(
            KeycloakSession session, AuthenticationSessionModel login, AuthenticationFlowModel flow) {
        UriInfo uri = session.getContext().getUri();
        URI afterOthers = LoginActionsService.postBrokerLoginProcessor(uri)
                .build(login.getRealm().getName());
        return AuthenticationFlowResolver.resolveBrowserFlow(login).getId().equals(flow.getId())
                && !uri.getAbsolutePath().getPath().equals(afterOthers.getPath());
    }
}
