package io.github.keycloakpasskey.keycloak.credential;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.jpa.entity.FederatedUserCredentialEntity;

/**
 * The rows below Keycloak's credential manager, for what it cannot do: find a credential without its
 * owner, and read as things are now, under a lock, whatever any cache says. Local users have their
 * credentials in one table, users of a federation without import in another.
 */
final class CredentialRows {

    private final EntityManager entities;

    CredentialRows(KeycloakSession session) {
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** The id of the user whose credential this is. */
    Optional<String> owner(String rowId) {
        // Both tables in one statement, as most ids that are asked for are in neither.
        return ask(
                        String.class,
                        "select c.user.id from CredentialEntity c where c.id = :id union all"
                                + " select f.userId from FederatedUserCredentialEntity f where f.id = :id",
                        Map.of("id", rowId))
                .stream()
                .findFirst();
    }

    /**
     * What of a row a sign-in writes back: all but the document as it is.
     *
     * @param label null where it has none
     */
    record Locked(String document, String label) {}

    /**
     * The row as it is now; nobody else can change it before this transaction ends. To be asked before
     * this session changes the row.
     */
    Optional<Locked> lock(String rowId) {
        return lock(CredentialEntity.class, rowId)
                .map(row -> new Locked(row.getCredentialData(), row.getUserLabel()))
                .or(() -> lock(FederatedUserCredentialEntity.class, rowId)
                        .map(row -> new Locked(row.getCredentialData(), row.getUserLabel())));
    }

    /** Forgets what this session has read of the row, so that one statement both reads and locks it. */
    private <T> Optional<T> lock(Class<T> table, String rowId) {
        entities.detach(entities.getReference(table, rowId));
        return Optional.ofNullable(entities.find(table, rowId, LockModeType.PESSIMISTIC_WRITE));
    }

    /**
     * Makes all others wait who lock the same user, before this transaction ends. Users of a federation
     * without import have no row to lock.
     */
    void lockOwner(String userId) {
        entities.find(UserEntity.class, userId, LockModeType.PESSIMISTIC_WRITE);
    }

    /** How many passkeys the user has. */
    long count(String userId) {
        return ask(
                        Long.class,
                        "select count(c) from CredentialEntity c where c.type = :type and c.user.id = :user union all"
                                + " select count(f) from FederatedUserCredentialEntity f"
                                + " where f.type = :type and f.userId = :user",
                        Map.of("type", PasskeyCredentialModel.TYPE, "user", userId))
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The labels of all credentials of the user, of whatever type: Keycloak compares with them in one of the tables. */
    List<String> labels(String userId) {
        return ask(
                String.class,
                "select c.userLabel from CredentialEntity c where c.userLabel is not null and c.user.id = :user"
                        + " union all select f.userLabel from FederatedUserCredentialEntity f"
                        + " where f.userLabel is not null and f.userId = :user",
                Map.of("user", userId));
    }

    private <T> List<T> ask(Class<T> kind, String query, Map<String, String> parameters) {
        TypedQuery<T> typed = entities.createQuery(query, kind);
        parameters.forEach(typed::setParameter);
        return typed.getResultList();
    }
}
