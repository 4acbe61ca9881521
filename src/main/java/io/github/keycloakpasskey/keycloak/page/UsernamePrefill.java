package io.github.keycloakpasskey.keycloak.page;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;

/** What the app or an earlier sign-in says of the user name, before anything is typed. */
public final class UsernamePrefill {

    private static final String REMEMBER_ME = "rememberMe";

    private UsernamePrefill() {}

    /** The fields of a sign-in form that are filled in already; what the app says goes first. */
    public static MultivaluedMap<String, String> fields(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
        String hint = context.getAuthenticationSession().getClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM);
        String cookie = AuthenticationManager.getRememberMeUsername(context.getSession());
        if (hint != null) {
            fields.add(AuthenticationManager.FORM_USERNAME, hint);
        } else if (cookie != null) {
            fields.add(AuthenticationManager.FORM_USERNAME, cookie);
            fields.add(REMEMBER_ME, "on");
        }
        return fields;
    }
}
