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
        return local(rowId).map(row -> row.getUser().getId()).or(() -> federated(rowId)
                .map(FederatedUserCredentialEntity::getUserId));
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
     * How many passkeys the user has now. For local users nobody else can add one before this
     * transaction ends; users of a federation without import have no row to lock.
     */
    long countUnderLock(String userId) {
        entities.find(UserEntity.class, userId, LockModeType.PESSIMISTIC_WRITE);
        return count("select count(c) from CredentialEntity c where c.type = :type and c.user.id = :user", userId)
                + count(
                        "select count(c) from FederatedUserCredentialEntity c where c.type = :type and c.userId = :user",
                        userId);
    }

    private long count(String query, String userId) {
        return entities.createQuery(query, Long.class)
                .setParameter("type", PasskeyCredentialModel.TYPE)
                .setParameter("user", userId)
                .getSingleResult();
    }

    /** Forgets what this session has read of the row before it reads it under the lock. */
    private <T> Optional<T> lock(Class<T> table, String rowId) {
        T known = entities.find(table, rowId);
        if (known != null) {
            entities.detach(known);
        }
        return Optional.ofNullable(entities.find(table, rowId, LockModeType.PESSIMISTIC_WRITE));
    }

    private Optional<CredentialEntity> local(String rowId) {
        return Optional.ofNullable(entities.find(CredentialEntity.class, rowId));
    }

    private Optional<FederatedUserCredentialEntity> federated(String rowId) {
        return Optional.ofNullable(entities.find(FederatedUserCredentialEntity.class, rowId));
    }
}
