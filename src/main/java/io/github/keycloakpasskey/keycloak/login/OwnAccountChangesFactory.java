package io.github.keycloakpasskey.keycloak.login;

import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Listens in every realm, whether or not the realm names it. */
public final class OwnAccountChangesFactory implements EventListenerProviderFactory {

    @Override
    public String getId() {
        return "own-account-changes-for-passkeys";
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new OwnAccountChanges(session);
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
