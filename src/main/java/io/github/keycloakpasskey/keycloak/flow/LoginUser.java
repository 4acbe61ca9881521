package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.login.FlowPosition;
import io.github.keycloakpasskey.keycloak.login.UserSwitchGuard;
import org.keycloak.authentication.AuthenticationFlowContext;

/** The user that a login has, before anything is proven of them. */
final class LoginUser {

    private LoginUser() {}

    /** Takes the user from the login. Steps that proved a user's presence still count for that user alone. */
    static void forget(AuthenticationFlowContext context) {
        UserSwitchGuard.of(context).forgetUnprovenUsers(FlowPosition.of(context));
        context.clearUser();
    }
}
