package io.github.keycloakpasskey.keycloak.settings;

import jakarta.ws.rs.core.Response;
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
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;

/**
 * Refuses settings of a step that cannot work, in the same transaction that would have saved them. Keycloak asks
 * factories of required actions whether a configuration is right, but not those of authenticators.
 */
final class StepConfigurationCheck implements EventListenerProvider {

    private static final Set<OperationType> SAVING = Set.of(OperationType.CREATE, OperationType.UPDATE);

    private final KeycloakSession session;

    StepConfigurationCheck(KeycloakSession session) {
        this.session = session;
    }

    /** Hears nothing of sign-ins that it would care for. */
    @Override
    public void onEvent(Event event) {
        // Settings are not saved by those who sign in.
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
                    .ifPresent(this::refuse);
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

    /** An exception of a listener is only logged: so it is the transaction that fails, when it is about to be committed. */
    private void refuse(String problem) {
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                throw ErrorResponse.error(problem, Response.Status.BAD_REQUEST);
            }

            @Override
            protected void rollbackImpl() {
                // Has changed nothing.
            }
        });
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
