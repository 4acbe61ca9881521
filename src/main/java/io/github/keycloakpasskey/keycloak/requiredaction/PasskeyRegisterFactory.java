package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.credential.PasskeyCredentialModel;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Makes the required action {@code passkey-register}. */
public final class PasskeyRegisterFactory implements RequiredActionFactory {

    private static final RequiredActionProvider ACTION = new PasskeyRegister();

    @Override
    public String getId() {
        return PasskeyCredentialModel.CREATE_ACTION;
    }

    @Override
    public String getDisplayText() {
        return "Create a passkey";
    }

    @Override
    public boolean isOneTimeAction() {
        return true;
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return ACTION;
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
