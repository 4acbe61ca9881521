package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.login.StepRole;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.StepSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The authenticator {@code passkey-username-password-form}: user name and password, and a passkey on the same page.
 */
public final class PasskeyUsernamePasswordFormFactory extends PasskeyStepFactory {

    public static final String ID = "passkey-username-password-form";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Username Password Form with Passkey";
    }

    @Override
    public String getReferenceCategory() {
        return PasswordCredentialModel.TYPE;
    }

    @Override
    public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return Set.of(PasskeyIds.CREDENTIAL_TYPE);
    }

    @Override
    public StepRole role() {
        return new StepRole(StepRole.Proof.USER, StepRole.NameUse.TAKES_NAME);
    }

    @Override
    public String getHelpText() {
        return "Asks for user name and password, and offers passkeys on the same page: in the user name field and"
                + " by a button.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return StepSettings.propertiesBesideOthers();
    }

    @Override
    public Map<String, String> problems(Map<String, String> config) {
        return StepSettings.problems(config);
    }

    @Override
    Authenticator createStep(KeycloakSession session) {
        return new PasskeyUsernamePasswordForm();
    }
}
