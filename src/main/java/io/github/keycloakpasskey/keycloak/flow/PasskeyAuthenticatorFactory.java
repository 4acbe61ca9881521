package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.login.StepRole;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.StepSettings;
import java.util.List;
import java.util.Map;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** The authenticator {@code passkey-authenticator}: asks for a passkey alone. */
public final class PasskeyAuthenticatorFactory extends PasskeyStepFactory {

    public static final String ID = "passkey-authenticator";

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
        return PasskeyIds.CREDENTIAL_TYPE;
    }

    @Override
    public StepRole role() {
        return new StepRole(StepRole.Proof.PASSKEY, StepRole.NameUse.TAKES_NAME);
    }

    @Override
    public String getHelpText() {
        return "Signs in with a passkey, without a user name or for the user whom an earlier step has found.";
    }

    @Override
    public boolean isUserSetupAllowed() {
        return true;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return StepSettings.propertiesOfPasskeyAlone();
    }

    @Override
    public Map<String, String> problems(Map<String, String> config) {
        return StepSettings.problems(config);
    }

    @Override
    Authenticator createStep(KeycloakSession session) {
        return new PasskeyAuthenticator();
    }
}
