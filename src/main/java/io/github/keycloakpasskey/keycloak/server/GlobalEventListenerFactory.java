package io.github.keycloakpasskey.keycloak.server;

import org.keycloak.Config;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSessionFactory;

/** Creates an event listener that receives the events of every realm, whether or not the realm names it. */
public abstract class GlobalEventListenerFactory implements EventListenerProviderFactory {

    @Override
    public final boolean isGlobal() {
        return true;
    }

    @Override
    public final void init(Config.Scope config) {
        // No server options.
    }

    @Override
    public final void postInit(KeycloakSessionFactory factory) {
        // No other providers needed.
    }

    @Override
    public final void close() {
        // No resources.
    }
}
