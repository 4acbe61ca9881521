package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.login.StepRole;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.StepSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.organization.authentication.authenticators.browser.OrganizationAuthenticatorFactory;
import org.keycloak.provider.EnvironmentDependentProviderFactory;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The authenticator {@code passkey-organization}: Keycloak's identity-first login of organizations, with a passkey on the
 * same page. It has the settings of Keycloak's step as well as those of a passkey, and exists where the server has
 * organizations.
 */
public final class PasskeyOrganizationFactory extends PasskeyStepFactory
        implements EnvironmentDependentProviderFactory {

    public static final String ID = "passkey-organization";

    private static final OrganizationAuthenticatorFactory KEYCLOAKS = new OrganizationAuthenticatorFactory();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Organization Identity-First Login with Passkey";
    }

    @Override
    public StepRole role() {
        return StepRole.NONE;
    }

    @Override
    public String getHelpText() {
        return "In place of Organization Identity-First Login: asks for the user name or e-mail address and finds the"
                + " organization by it, and offers passkeys on the same page: in that field and by a button.";
    }

    @Override
    public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return Set.of(PasskeyIds.CREDENTIAL_TYPE);
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return KEYCLOAKS.getRequirementChoices();
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        List<ProviderConfigProperty> properties = new ArrayList<>(KEYCLOAKS.getConfigProperties());
        properties.addAll(StepSettings.propertiesBesideOthers());
        return properties;
    }

    @Override
    public Map<String, String> problems(Map<String, String> config) {
        return StepSettings.problems(config);
    }

    @Override
    public boolean isSupported(Config.Scope config) {
        return KEYCLOAKS.isSupported(config);
    }

    @Override
    Authenticator createStep(KeycloakSession session) {
        return new PasskeyOrganization(session);
    }
}
