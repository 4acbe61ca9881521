package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.keycloak.login.LoginRequest;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.util.AuthenticationFlowURLHelper;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Leads back to a page of a login that cannot go on. */
public final class SignInAgain {

    private SignInAgain() {}

    /** Restarts the login, with what the app asked for. The sign-in page says why. */
    public static Response because(Refusal refusal, KeycloakSession session, AuthenticationSessionModel login) {
        LoginRequest.restart(login);
        LoginState.of(login).forwardError(refusal.messageKey());
        return toCurrentPage(session, login);
    }

    /** Undoes everything that this request has changed, and shows the page again. The same request may succeed then. */
    public static Response afterUndoing(KeycloakSession session, AuthenticationSessionModel login) {
        session.getTransactionManager().setRollbackOnly();
        return toCurrentPage(session, login);
    }

    private static Response toCurrentPage(KeycloakSession session, AuthenticationSessionModel login) {
        URI page = new AuthenticationFlowURLHelper(
                        session, login.getRealm(), session.getContext().getUri())
                .getLastExecutionUrl(login);
        // With a body, so that the response can be thrown as well: Keycloak replaces one without a body by its error
        // page, and undoes what this request has changed.
        return Response.seeOther(page).type(MediaType.TEXT_HTML_TYPE).entity("").build();
    }
}
