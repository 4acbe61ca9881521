package io.github.keycloakpasskey.keycloak.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.Authenticator;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Refuses invalid settings of a flow step in the transaction that saves them. Keycloak lets the factory of a required
 * action check a configuration, but not the factory of an authenticator.
 */
final class StepConfigurationCheck implements EventListenerProvider {

    private static final Set<OperationType> SAVING = Set.of(OperationType.CREATE, OperationType.UPDATE);

    private final KeycloakSession session;

    StepConfigurationCheck(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        // Only administrators save settings, and their changes are admin events.
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() == ResourceType.AUTHENTICATOR_CONFIG && SAVING.contains(event.getOperationType())) {
            RealmModel realm = session.realms().getRealm(event.getRealmId());
            List<String> path = Arrays.asList(event.getResourcePath().split("/"));
            executions(realm)
                    .filter(step -> path.contains(step.getId()) || path.contains(step.getAuthenticatorConfig()))
                    .flatMap(step -> problems(realm, step).values().stream())
                    .findFirst()
                    .ifPresent(problem -> SavedChange.refuse(session, problem));
        }
    }

    private static Stream<AuthenticationExecutionModel> executions(RealmModel realm) {
        return realm.getAuthenticationFlowsStream()
                .flatMap(flow -> realm.getAuthenticationExecutionsStream(flow.getId()))
                .filter(step -> step.getAuthenticatorConfig() != null);
    }

    private Map<String, String> problems(RealmModel realm, AuthenticationExecutionModel step) {
        Object factory =
                session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, step.getAuthenticator());
        AuthenticatorConfigModel settings = realm.getAuthenticatorConfigById(step.getAuthenticatorConfig());
        return factory instanceof CheckedSettings checked && settings != null && settings.getConfig() != null
                ? checked.problems(settings.getConfig())
                : Map.of();
    }

    @Override
    public void close() {
        // No resources.
    }
}
