package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.login.StepRole;
import io.github.keycloakpasskey.keycloak.server.ServerSupport;
import io.github.keycloakpasskey.keycloak.settings.CheckedSettings;
import java.util.List;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.authentication.AuthenticationFlowCallbackFactory;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The base of all factories of flow steps: puts each step behind the guard, and demands that it declares what it proves.
 */
abstract class PasskeyStepFactory implements AuthenticationFlowCallbackFactory, CheckedSettings, StepRole.Declared {

    @Override
    public final Authenticator create(KeycloakSession session) {
        return ServerSupport.obstacle().isPresent()
                ? new UnsupportedStep()
                : GuardedStep.of(createStep(session), this, session);
    }

    /** The step itself, without the guard. */
    abstract Authenticator createStep(KeycloakSession session);

    @Override
    public String getReferenceCategory() {
        return null;
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.ALTERNATIVE, Requirement.DISABLED};
    }

    @Override
    public boolean isConfigurable() {
        return !getConfigProperties().isEmpty();
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public Map<String, String> problems(Map<String, String> config) {
        return Map.of();
    }

    @Override
    public void init(Config.Scope config) {
        // Has no server options.
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Needs no other provider.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
