package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.FormAction;
import org.keycloak.authentication.FormActionFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The form action {@code registration-passkey-action}: a user who signs up creates a passkey instead of a password.
 */
public final class RegistrationPasskeyFactory implements FormActionFactory {

    private static final FormAction ACTION = new RegistrationPasskey();

    @Override
    public String getId() {
        return "registration-passkey-action";
    }

    @Override
    public String getDisplayType() {
        return "Passkey instead of password";
    }

    @Override
    public String getReferenceCategory() {
        return PasskeyIds.CREDENTIAL_TYPE;
    }

    @Override
    public String getHelpText() {
        return "The form asks for no password: whoever signs up makes a passkey before the login ends. It takes the place"
                + " of Password Validation, after Registration User Profile Creation.";
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public FormAction create(KeycloakSession session) {
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
