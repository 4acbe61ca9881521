package io.github.keycloakpasskey.keycloak.login;

import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Where a login is: the flow that runs, why it runs, and for which user.
 *
 * @param flow the id of the top-level flow
 * @param user the id of the login's user; empty as long as the user is not known
 */
public record FlowPosition(String flow, FlowKind kind, Optional<String> user) {

    /** The position of the step that Keycloak is executing. */
    public static FlowPosition of(AuthenticationFlowContext context) {
        return new FlowPosition(
                context.getTopLevelFlow().getId(), FlowKind.ofPath(context.getFlowPath()), id(context.getUser()));
    }

    /**
     * The position at the end of a flow, where Keycloak does not tell the flow's path. The address shows whether the flow
     * follows an identity provider, as one flow can be bound for several purposes. Every flow but that and the browser flow
     * is of the kind {@link FlowKind#OTHER} here.
     */
    public static FlowPosition atEnd(KeycloakSession session, AuthenticationFlowModel flow) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        return new FlowPosition(flow.getId(), kindAtEnd(session, login, flow), id(login.getAuthenticatedUser()));
    }

    private static FlowKind kindAtEnd(
            KeycloakSession session, AuthenticationSessionModel login, AuthenticationFlowModel flow) {
        if (isPostBrokerLogin(session, login)) {
            return FlowKind.POST_BROKER_LOGIN;
        }
        boolean isBrowserFlow =
                AuthenticationFlowResolver.resolveBrowserFlow(login).getId().equals(flow.getId());
        return isBrowserFlow ? FlowKind.SIGN_IN : FlowKind.OTHER;
    }

    private static boolean isPostBrokerLogin(KeycloakSession session, AuthenticationSessionModel login) {
        String path = LoginActionsService.postBrokerLoginProcessor(
                        session.getContext().getUri())
                .build(login.getRealm().getName())
                .getPath();
        return session.getContext().getUri().getAbsolutePath().getPath().equals(path);
    }

    private static Optional<String> id(UserModel user) {
        return Optional.ofNullable(user).map(found -> found.getId());
    }
}
