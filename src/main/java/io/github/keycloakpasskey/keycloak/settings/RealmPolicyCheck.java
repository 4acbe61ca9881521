package io.github.keycloakpasskey.keycloak.settings;

import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Refuses a relying party ID or an extra origin that can be none, in the transaction that saves the realm. Keycloak stores
 * any text of its WebAuthn policy. Only a changed text is refused: one that is stored already does not keep an administrator
 * from saving other settings of the realm.
 */
final class RealmPolicyCheck implements EventListenerProvider {

    private static final Logger LOG = Logger.getLogger(RealmPolicyCheck.class);

    private final KeycloakSession session;

    RealmPolicyCheck(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        // Only administrators save settings, and their changes are admin events.
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() == ResourceType.REALM && event.getOperationType() == OperationType.UPDATE) {
            findProblem(event).ifPresent(problem -> SavedChange.refuse(session, problem));
        }
    }

    /** Keycloak only logs what a listener throws, so a text that cannot be checked would be saved. */
    private Optional<String> findProblem(AdminEvent event) {
        try {
            return Optional.ofNullable(session.realms().getRealm(event.getRealmId()))
                    .filter(RealmPolicyCheck::usesPasskeys)
                    .flatMap(this::newProblem);
        } catch (RuntimeException unexpected) {
            LOG.error("the WebAuthn policy could not be checked", unexpected);
            return Optional.of("the WebAuthn policy could not be checked; the server's log says why");
        }
    }

    private static boolean usesPasskeys(RealmModel realm) {
        return realm.getRequiredActionProviderByAlias(PasskeyIds.REGISTER_ACTION) != null;
    }

    private Optional<String> newProblem(RealmModel realm) {
        Map<String, String> problems = problems(realm);
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> before = problemsBefore(realm.getId());
        return problems.entrySet().stream()
                .filter(problem -> !problem.getValue().equals(before.get(problem.getKey())))
                .map(problem -> problem.getKey() + ": " + problem.getValue())
                .findFirst();
    }

    /** Of the realm as it is stored, which another transaction still sees. */
    private Map<String, String> problemsBefore(String realmId) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                own -> Optional.ofNullable(own.realms().getRealm(realmId))
                        .map(RealmPolicyCheck::problems)
                        .orElse(Map.of()));
    }

    private static Map<String, String> problems(RealmModel realm) {
        return PolicySite.of(realm.getWebAuthnPolicyPasswordless()).problems();
    }

    @Override
    public void close() {
        // No resources.
    }
}
