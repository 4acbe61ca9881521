package io.github.keycloakpasskey.keycloak.settings;

import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Creates the event listener {@code passkey-saved-settings}. It receives the admin events of every realm without
 * being enabled there, and this is the only way to take part when settings of a step are saved.
 */
public final class SavedSettingsCheckFactory implements EventListenerProviderFactory {

    @Override
    public String getId() {
        return "passkey-saved-settings";
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new SavedSettingsCheck(session);
    }

    @Override
    public void init(Config.Scope config) {
        // No server options.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // No other providers needed.
    }

    @Override
    public void close() {
        // No resources.
    }
}
