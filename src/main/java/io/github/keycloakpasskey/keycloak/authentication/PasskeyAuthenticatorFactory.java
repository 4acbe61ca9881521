package io.github.keycloakpasskey.keycloak.authentication;

import io.github.keycloakpasskey.keycloak.credential.PasskeyCredentialModel;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** Makes the authenticator {@code passkey-authenticator}: a step of a flow that is a passkey alone. */
public final class PasskeyAuthenticatorFactory implements AuthenticatorFactory {

    public static final String ID = "passkey-authenticator";

    private static final Authenticator AUTHENTICATOR = new PasskeyAuthenticator();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Passkey";
    }

    @Override
    public String getReferenceCategory() {
        return PasskeyCredentialModel.TYPE;
    }

    @Override
    public String getHelpText() {
        return "Signs in with a passkey, without a user name or for the user whom an earlier step has found.";
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED};
    }

    @Override
    public boolean isUserSetupAllowed() {
        return true;
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
    public Authenticator create(KeycloakSession session) {
        return AUTHENTICATOR;
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
