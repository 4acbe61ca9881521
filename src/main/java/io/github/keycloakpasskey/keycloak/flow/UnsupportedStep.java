package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowCallback;
import org.keycloak.authentication.AuthenticationFlowContext;

/** Takes the place of every step on a server that lacks something the extension needs: refuses, readably. */
final class UnsupportedStep extends StepForAnyone implements AuthenticationFlowCallback {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Refusal.of(KeycloakReason.SERVER_UNSUPPORTED).tell(context.getEvent(), context.form());
        context.forceChallenge(context.form().createErrorPage(Response.Status.SERVICE_UNAVAILABLE));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        authenticate(context);
    }

    @Override
    public void onParentFlowSuccess(AuthenticationFlowContext context) {
        // No flow with this step succeeds.
    }
}
