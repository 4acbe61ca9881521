package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.login.StepRole;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.RecoverySettings;
import java.util.List;
import java.util.Map;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The authenticator {@code reset-passkey}: a user who opened the link of the recovery e-mail creates a new passkey. Its
 * settings are {@link RecoverySettings}.
 */
public final class ResetPasskeyFactory extends PasskeyStepFactory {

    @Override
    public String getId() {
        return "reset-passkey";
    }

    @Override
    public String getDisplayType() {
        return "Reset Passkey";
    }

    /** A type that the brute-force protector does not count: a failure here is no wrong password. */
    @Override
    public String getReferenceCategory() {
        return PasskeyIds.CREDENTIAL_TYPE;
    }

    @Override
    public StepRole role() {
        return StepRole.NONE;
    }

    @Override
    public String getHelpText() {
        return "Asks for a new passkey before the login ends. Only for flows that reset credentials, after the step Send"
                + " Passkey Recovery Email or Send Reset Email: nobody gets here without the link of that e-mail.";
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
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
    Authenticator createStep(KeycloakSession session) {
        return new ResetPasskey();
    }
}
