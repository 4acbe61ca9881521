package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.keycloak.login.LoginState;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.services.managers.AuthenticationManager;

/** The user name that the app suggests or an earlier sign-in left, before the user enters one. */
public final class UsernamePrefill {

    private static final String REMEMBER_ME = "rememberMe";

    private UsernamePrefill() {}

    /** The fields of a sign-in form that are filled in already. The app's suggestion comes first. */
    public static MultivaluedMap<String, String> fields(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
        Optional<String> hint =
                LoginState.of(context.getAuthenticationSession()).loginHint();
        String remembered = AuthenticationManager.getRememberMeUsername(context.getSession());
        if (hint.isPresent()) {
            fields.add(AuthenticationManager.FORM_USERNAME, hint.get());
        } else if (remembered != null) {
            fields.add(AuthenticationManager.FORM_USERNAME, remembered);
            fields.add(REMEMBER_ME, "on");
        }
        return fields;
    }
}
