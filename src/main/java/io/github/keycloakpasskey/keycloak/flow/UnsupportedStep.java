package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Takes the place of every step on a server that lacks something the extension needs: refuses, readably. */
final class UnsupportedStep implements Authenticator {

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
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // Needs nothing to be set up.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
