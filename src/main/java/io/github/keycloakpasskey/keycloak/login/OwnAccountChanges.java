package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import java.time.Clock;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Accepts what a login itself changes of its user's account, for example by the required action that replaces an expired
 * password: otherwise its {@link StandingProof} would take the change for another login's.
 */
final class OwnAccountChanges implements EventListenerProvider {

    private final KeycloakSession session;

    OwnAccountChanges(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        UserModel user = login == null ? null : login.getAuthenticatedUser();
        if (user != null && user.getId().equals(event.getUserId()) && event.getError() == null) {
            accept(event, new StandingProof(session, LoginState.of(login), user, Clock.systemUTC()));
        }
    }

    private static void accept(Event event, StandingProof proof) {
        switch (event.getType()) {
            case UPDATE_CREDENTIAL ->
                valueOf(event, Details.CREDENTIAL_TYPE)
                        // A new passkey renews the proof when it is stored.
                        .filter(type -> !type.equals(PasskeyIds.CREDENTIAL_TYPE))
                        .ifPresent(proof::acceptReplaced);
            case UPDATE_PASSWORD -> proof.acceptReplaced(PasswordCredentialModel.TYPE);
            case UPDATE_TOTP -> proof.acceptReplaced(OTPCredentialModel.TYPE);
            case REMOVE_CREDENTIAL -> valueOf(event, Details.CREDENTIAL_ID).ifPresent(proof::acceptRemoved);
            case UPDATE_EMAIL, UPDATE_PROFILE -> proof.acceptEmail();
            default -> {
                // Changes nothing that a proof rests on.
            }
        }
    }

    private static Optional<String> valueOf(Event event, String name) {
        return Optional.ofNullable(event.getDetails()).map(details -> details.get(name));
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // An administrator's change is not the login's own.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
