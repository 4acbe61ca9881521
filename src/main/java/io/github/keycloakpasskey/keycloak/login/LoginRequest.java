package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.server.LoginNotes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.Details;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.Constants;
import org.keycloak.protocol.saml.SamlProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What was asked for when a login began, by its app, its address or an e-mail, and holds whoever signs in. A login that
 * starts anew loses all its notes, these among them; so they are kept, and given back.
 */
public record LoginRequest(Map<String, String> notes) {

    private static final List<String> NOTES = List.of(
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

    public static LoginRequest of(AuthenticationSessionModel login) {
        return new LoginRequest(NOTES.stream()
                .filter(note -> Objects.nonNull(login.getAuthNote(note)))
                .collect(Collectors.toMap(Function.identity(), login::getAuthNote)));
    }

    /** Gives a login that was reset what was asked of it. */
    public void restore(AuthenticationSessionModel login) {
        notes.forEach(login::setAuthNote);
    }

    /** Has a login forget all that has happened since, and stand before the sign-in page. */
    public static void reset(AuthenticationSessionModel login) {
        LoginRequest asked = of(login);
        AuthenticationProcessor.resetFlow(login, LoginActionsService.AUTHENTICATE_PATH);
        asked.restore(login);
    }
}
