package io.github.keycloakpasskey.keycloak.credential;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.jpa.entity.FederatedUserCredentialEntity;

/**
 * The rows below Keycloak's credential manager, for the two things that it cannot do: find a
 * credential without its owner, and read one under a lock. Local users have their credentials in one
 * table, users of a federation without import in another.
 */
final class CredentialRows {

    private final EntityManager entities;

    CredentialRows(KeycloakSession session) {
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** The id of the user whose credential this is. */
    Optional<String> owner(String rowId) {
        // Both tables in one statement, as most ids that are asked for are in neither.
        return entities.createQuery(
                        "select c.user.id from CredentialEntity c where c.id = :id union all"
                                + " select f.userId from FederatedUserCredentialEntity f where f.id = :id",
                        String.class)
                .setParameter("id", rowId)
                .getResultStream()
                .findFirst();
    }

    /**
     * The stored document as it is now, whatever any cache says; nobody else can change it before
     * this transaction ends.
     */
    Optional<String> lock(String rowId) {
        return lock(CredentialEntity.class, rowId)
                .map(CredentialEntity::getCredentialData)
                .or(() -> lock(FederatedUserCredentialEntity.class, rowId)
                        .map(FederatedUserCredentialEntity::getCredentialData));
    }

    /**
     * Nobody else can add a credential to a local user before this transaction ends. Users of a federation
     * without import have no row to lock.
     */
    void lockOwner(String userId) {
        entities.find(UserEntity.class, userId, LockModeType.PESSIMISTIC_WRITE);
    }

    /** How many passkeys the user has now, whatever any cache says. */
    long count(String userId) {
        return entities.createQuery(
                        "select count(c) from CredentialEntity c where c.type = :type and c.user.id = :user union all"
                                + " select count(f) from FederatedUserCredentialEntity f"
                                + " where f.type = :type and f.userId = :user",
                        Long.class)
                .setParameter("type", PasskeyCredentialModel.TYPE)
                .setParameter("user", userId)
                .getResultStream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Forgets what this session has read of the row, so that one statement both reads and locks it. */
    private <T> Optional<T> lock(Class<T> table, String rowId) {
        entities.detach(entities.getReference(table, rowId));
        return Optional.ofNullable(entities.find(table, rowId, LockModeType.PESSIMISTIC_WRITE));
    }
}
