package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.settings.CheckedSettings;
import io.github.keycloakpasskey.keycloak.settings.ConditionSettings;
import java.util.List;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The condition {@code conditional-user-has-passkey}: executes a sub-flow only for users with a passkey, or only for
 * users without one.
 */
public final class UserHasPasskeyConditionFactory implements ConditionalAuthenticatorFactory, CheckedSettings {

    public static final String ID = "conditional-user-has-passkey";

    private static final ConditionalAuthenticator CONDITION = new UserHasPasskeyCondition();

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Condition - user has passkey";
    }

    @Override
    public String getHelpText() {
        return "The flow is executed only for users who have a passkey, or only for those who have none; if wanted only"
                + " device-bound passkeys count, or only those that verified their user lately.";
    }

    @Override
    public ConditionalAuthenticator getSingleton() {
        return CONDITION;
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
        return ConditionSettings.properties();
    }

    @Override
    public Map<String, String> problems(Map<String, String> config) {
        return ConditionSettings.problems(config);
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
