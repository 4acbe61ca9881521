package io.github.keycloakpasskey.keycloak.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.userprofile.ValidationException;

/**
 * Refuses invalid settings in the transaction that saves them, where Keycloak asks no factory: settings of a flow step, and
 * settings of the required action that are saved with the action itself.
 */
final class SavedSettingsCheck implements EventListenerProvider {

    private static final Set<OperationType> SAVING = Set.of(OperationType.CREATE, OperationType.UPDATE);

    private final KeycloakSession session;

    SavedSettingsCheck(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        // Only administrators save settings, and their changes are admin events.
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (SAVING.contains(event.getOperationType())) {
            RealmModel realm = session.realms().getRealm(event.getRealmId());
            problem(event, realm).ifPresent(problem -> SavedChange.refuse(session, problem));
        }
    }

    private Optional<String> problem(AdminEvent event, RealmModel realm) {
        if (event.getResourceType() == ResourceType.AUTHENTICATOR_CONFIG) {
            return problemOfStep(Arrays.asList(event.getResourcePath().split("/")), realm);
        }
        // The path does not tell which action it is: the same request can give an action another alias.
        return event.getResourceType() == ResourceType.REQUIRED_ACTION ? problemOfAction(realm) : Optional.empty();
    }

    private Optional<String> problemOfStep(List<String> path, RealmModel realm) {
        return executions(realm)
                .filter(step -> path.contains(step.getId()) || path.contains(step.getAuthenticatorConfig()))
                .flatMap(step -> problems(realm, step).values().stream())
                .findFirst();
    }

    /**
     * Only settings that this transaction changes are checked: an action whose settings came with an imported realm can be
     * switched off all the same.
     */
    private Optional<String> problemOfAction(RealmModel realm) {
        RequiredActionConfigModel saved = realm.getRequiredActionConfigByAlias(PasskeyIds.REGISTER_ACTION);
        if (saved == null || PasskeySettings.stored(realm).equals(storedBefore(realm.getId()))) {
            return Optional.empty();
        }
        RequiredActionFactory factory = (RequiredActionFactory) session.getKeycloakSessionFactory()
                .getProviderFactory(RequiredActionProvider.class, PasskeyIds.REGISTER_ACTION);
        try {
            factory.validateConfig(session, realm, saved);
            return Optional.empty();
        } catch (ValidationException invalid) {
            return Optional.of(invalid.getErrors().get(0).getMessage());
        }
    }

    /** The settings of the realm as they were before this transaction. */
    private Map<String, String> storedBefore(String realm) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                other -> PasskeySettings.stored(other.realms().getRealm(realm)));
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
