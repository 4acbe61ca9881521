package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.settings.CheckedSettings;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.RecoverySettings;
import java.util.List;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Makes the authenticator {@code reset-passkey}: whoever comes by the link of the e-mail makes a new
 * passkey. Its settings are {@link RecoverySettings}.
 */
public final class ResetPasskeyFactory implements AuthenticatorFactory, CheckedSettings {

    private static final Authenticator AUTHENTICATOR = new ResetPasskey();

    @Override
    public String getId() {
        return "reset-passkey";
    }

    @Override
    public String getDisplayType() {
        return "Reset Passkey";
    }

    /** Of a type that the brute-force protector does not count: a failure here is no wrong password. */
    @Override
    public String getReferenceCategory() {
        return PasskeyIds.CREDENTIAL_TYPE;
    }

    @Override
    public String getHelpText() {
        return "Asks for a new passkey before the login ends. Only for flows that reset credentials, after the step Send"
                + " Reset Email: nobody gets here without the link of that e-mail.";
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
        return true;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return RecoverySettings.properties();
    }

    @Override
    public Map<String, String> problems(Map<String, String> config) {
        return RecoverySettings.problems(config);
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
