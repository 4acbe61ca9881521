package io.github.keycloakpasskey.keycloak.settings;

import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Makes the event listener {@code passkey-step-configuration}, which hears of every realm's changes without being
 * switched on: the one place where Keycloak lets others take part when settings of a step are saved.
 */
public final class StepConfigurationCheckFactory implements EventListenerProviderFactory {

    @Override
    public String getId() {
        return "passkey-step-configuration";
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new StepConfigurationCheck(session);
    }

    @Override
    public void init(Config.Scope config) {
        // Has no server options.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Needs nothing of other providers.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
