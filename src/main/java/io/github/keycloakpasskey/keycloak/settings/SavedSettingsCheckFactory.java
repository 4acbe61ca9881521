package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.keycloak.server.GlobalEventListenerFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Creates the event listener {@code passkey-saved-settings}. It receives the admin events of every realm without
 * being enabled there, and this is the only way to take part when settings of a step are saved.
 */
public final class SavedSettingsCheckFactory extends GlobalEventListenerFactory {

    @Override
    public String getId() {
        return "passkey-saved-settings";
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new SavedSettingsCheck(session);
    }
}
