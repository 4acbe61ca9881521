package io.github.keycloakpasskey.keycloak.admin;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;

/** Creates the resource {@code /admin/realms/{realm}/passkeys}. */
public final class PasskeysAdminFactory implements AdminRealmResourceProviderFactory {

    @Override
    public String getId() {
        return "passkeys";
    }

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return new PasskeysAdmin();
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
