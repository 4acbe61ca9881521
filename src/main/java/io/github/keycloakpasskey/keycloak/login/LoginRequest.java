package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.server.LoginNotes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.Details;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.Constants;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Request parameters that must survive a restart of the login, whichever user signs in: what the app, the address or an
 * e-mail asked for when the login began. A restart removes all notes of the login, these among them.
 *
 * @param notes Keycloak's notes that hold them, by name
 */
public record LoginRequest(Map<String, String> notes) {

    private static final List<String> NAMES = List.of(
            SamlProtocol.SAML_LOGIN_REQUEST_FORCEAUTHN,
            Constants.REQUESTED_AUTHENTICATION_FLOW,
            Constants.AUTHENTICATION_FLOW_LEVEL_OF_AUTHENTICATION,
            Constants.CLIENT_POLICY_REQUESTED_ACR,
            LoginNotes.AUTHORIZATION_REQUEST_URI,
            Details.AUTH_TYPE,
            AuthenticationManager.END_AFTER_REQUIRED_ACTIONS,
            AuthenticationProcessor.FORWARDED_PASSIVE_LOGIN,
            LocaleSelectorProvider.USER_REQUEST_LOCALE);

    public LoginRequest {
        notes = Map.copyOf(notes);
    }

    /** The parameters of the request with which the login began. */
    public static LoginRequest of(LoginState login) {
        Map<String, String> notes = new LinkedHashMap<>();
        NAMES.forEach(name -> login.note(name).ifPresent(value -> notes.put(name, value)));
        return new LoginRequest(notes);
    }

    /** Gives the parameters back to a login that has restarted. */
    public void restore(LoginState login) {
        notes.forEach(login::setNote);
    }

    /** Restarts a login: it forgets its user and all steps, and continues with the sign-in page. */
    public static void restart(AuthenticationSessionModel session) {
        LoginState login = LoginState.of(session);
        LoginRequest request = of(login);
        AuthenticationProcessor.resetFlow(session, LoginActionsService.AUTHENTICATE_PATH);
        request.restore(login);
    }
}
