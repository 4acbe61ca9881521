package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.login.StepRole;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.StepSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The authenticator {@code passkey-username-form}: asks for the user name on a page of its own, before the proof. Its settings
 * are {@link StepSettings}.
 */
public final class PasskeyUsernameFormFactory extends PasskeyStepFactory {

    public static final String ID = "passkey-username-form";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Username Form before Passkey";
    }

    @Override
    public StepRole role() {
        return StepRole.NONE;
    }

    @Override
    public String getHelpText() {
        return "Asks for the user name and offers passkeys on the same page: in that field and by a button. Goes on in the"
                + " same way whether or not there is such a user. Only for flows in which the step Passkey or Username Password Form with Passkey comes next and is Required.";
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }

    @Override
    public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return Set.of(PasskeyIds.CREDENTIAL_TYPE);
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
        return new PasskeyUsernameForm();
    }
}
