package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.server.GlobalEventListenerFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/** Listens in every realm, whether or not the realm names it. */
public final class OwnAccountChangesFactory extends GlobalEventListenerFactory {

    @Override
    public String getId() {
        return "own-account-changes-for-passkeys";
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new OwnAccountChanges(session);
    }
}
