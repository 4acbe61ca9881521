package io.github.keycloakpasskey.keycloak.server;

import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The box "Remember me" of a sign-in page. */
public final class RememberMe {

    private static final NewerMethod PROCESS = NewerMethod.of(AuthenticatorUtils.class, "processRememberMe");
    private static final String FIELD = "rememberMe";
    private static final String CHECKED = "on";

    private RememberMe() {}

    /**
     * Keeps in the login what the user chose. Keycloak does so itself since 26.7; before, only inside its own forms, as
     * part of checking a username.
     */
    public static void process(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        if (PROCESS.isPresent()) {
            PROCESS.call(context, form);
        } else {
            processAsOlderForms(context, form);
        }
    }

    static void processAsOlderForms(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (context.getRealm().isRememberMe() && CHECKED.equalsIgnoreCase(form.getFirst(FIELD))) {
            login.setAuthNote(Details.REMEMBER_ME, "true");
            context.getEvent().detail(Details.REMEMBER_ME, "true");
        } else {
            login.removeAuthNote(Details.REMEMBER_ME);
        }
    }
}
