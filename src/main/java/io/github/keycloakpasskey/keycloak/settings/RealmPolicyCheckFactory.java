package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.keycloak.server.GlobalEventListenerFactory;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Creates the event listener {@code passkey-realm-policy}. It receives the admin events of every realm without being enabled
 * there, and this is the only way to take part when a realm's WebAuthn policy is saved.
 */
public final class RealmPolicyCheckFactory extends GlobalEventListenerFactory {

    @Override
    public String getId() {
        return "passkey-realm-policy";
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new RealmPolicyCheck(session);
    }
}
