package io.github.keycloakpasskey.keycloak.login;

import java.util.Objects;
import org.keycloak.services.resources.LoginActionsService;

/** Why a flow runs, which Keycloak tells by the path of its address. */
public enum FlowKind {
    /** The browser flow of the realm or the client: the sign-in page. */
    SIGN_IN,
    /** The first login through an identity provider, which creates or links the account. */
    FIRST_BROKER_LOGIN,
    /** The flow that an identity provider is configured to continue with after each login. */
    POST_BROKER_LOGIN,
    /** The flow behind "Forgot password?". */
    RESET_CREDENTIALS,
    /** Any other flow, for example sign-up. */
    OTHER;

    /** The kind of the flow with this path, for example {@code authenticate}; a flow may have none. */
    static FlowKind ofPath(String path) {
        return switch (Objects.requireNonNullElse(path, "")) {
            case LoginActionsService.AUTHENTICATE_PATH -> SIGN_IN;
            case LoginActionsService.FIRST_BROKER_LOGIN_PATH -> FIRST_BROKER_LOGIN;
            case LoginActionsService.POST_BROKER_LOGIN_PATH -> POST_BROKER_LOGIN;
            case LoginActionsService.RESET_CREDENTIALS_PATH -> RESET_CREDENTIALS;
            default -> OTHER;
        };
    }
}
