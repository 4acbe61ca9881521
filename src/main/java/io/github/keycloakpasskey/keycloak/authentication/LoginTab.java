package io.github.keycloakpasskey.keycloak.authentication;

import io.github.keycloakpasskey.keycloak.ceremony.UsedPasskey;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.services.managers.AuthenticationManager;
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

    /** Notes that say what was asked for when the login began. */
    private static final List<String> OF_THE_REQUEST = List.of(
            SamlProtocol.SAML_LOGIN_REQUEST_FORCEAUTHN,
            Constants.REQUESTED_AUTHENTICATION_FLOW,
            AuthenticationManager.END_AFTER_REQUIRED_ACTIONS,
            AuthenticationProcessor.FORWARDED_PASSIVE_LOGIN,
            LocaleSelectorProvider.USER_REQUEST_LOCALE);

    private LoginTab() {}

    /**
     * Whether a login has to start anew, as the steps that it has passed may have been another user's. Flows that do not
     * begin with the sign-in page, as after a sign-in through others, rightly follow upon another one.
     */
    static boolean isMixedUp(AuthenticationFlowContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        boolean isSignInPage = LoginActionsService.AUTHENTICATE_PATH.equals(context.getFlowPath());
        return (isSignInPage && hasBeenElsewhere(login, context.getTopLevelFlow()))
                || (context.getUser() == null && Identity.isAnyProofIn(login))
                || (AuthenticatorUtil.isSSOAuthentication(login)
                        && Identity.of(context).filter(Identity::hasSession).isEmpty());
    }

    /** Begins anew with the flow's first step, and with what its app, and not its user, has asked for. */
    static void startAnew(AuthenticationFlowContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        Map<String, String> kept = new LinkedHashMap<>();
        for (String note : OF_THE_REQUEST) {
            Optional.ofNullable(login.getAuthNote(note)).ifPresent(value -> kept.put(note, value));
        }
        context.resetFlow(() -> kept.forEach(login::setAuthNote));
    }

    /** Whether a tab has been through steps of another flow. */
    private static boolean hasBeenElsewhere(AuthenticationSessionModel login, AuthenticationFlowModel flow) {
        return steps(login).anyMatch(step -> !isOf(flow, step, login.getRealm()));
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
     * after it.
     *
     * @throws AuthenticationFlowException if what was passed need not have been the user's
     */
    static void verifyEnd(KeycloakSession session, AuthenticationFlowModel flow) {
        if (mayBeOfSomeoneElse(session, flow)) {
            throw new AuthenticationFlowException(
                    AuthenticationFlowError.GENERIC_AUTHENTICATION_ERROR,
                    "The user of this login changed on the way",
                    Messages.EXPIRED_ACTION);
        }
    }

    private static boolean mayBeOfSomeoneElse(KeycloakSession session, AuthenticationFlowModel flow) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        UserModel user = login.getAuthenticatedUser();
        boolean asksForPasskey = passed(login)
                .filter(step -> isOf(flow, step, login.getRealm()))
                .anyMatch(step -> PasskeyAuthenticatorFactory.ID.equals(step.getAuthenticator()));
        boolean hasPasskey = UsedPasskey.in(login, user).isPresent()
                || (user != null && user.getId().equals(login.getAuthNote(MAKING_ONE)));
        return (asksForPasskey && !hasPasskey)
                || (isSignInPage(session, login, flow)
                        && (hasBeenElsewhere(login, flow) || UsedPasskey.isOfSomeoneElse(login, user)));
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
