package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.settings.CheckedSettings;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.StepSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.organization.authentication.authenticators.browser.OrganizationAuthenticatorFactory;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Makes the authenticator {@code passkey-organization}: Keycloak's identity-first login of organizations, and a
 * passkey on the same page. It has the settings of Keycloak's own beside those of a passkey, and is there where the
 * server has the feature.
 */
public final class PasskeyOrganizationFactory extends OrganizationAuthenticatorFactory implements CheckedSettings {

    public static final String ID = "passkey-organization";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Organization Identity-First Login with Passkey";
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
    public List<ProviderConfigProperty> getConfigProperties() {
        List<ProviderConfigProperty> properties = new ArrayList<>(super.getConfigProperties());
        properties.addAll(StepSettings.propertiesBesideOthers());
        return properties;
    }

    @Override
    public Map<String, String> problems(Map<String, String> config) {
        return StepSettings.problems(config);
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new PasskeyOrganization(session);
    }
}
