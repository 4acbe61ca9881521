package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.jpa.entity.FederatedUser;
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

    /** The id of the user whose credential this is; of a local one, where an import has given it to two. */
    Optional<String> owner(String rowId) {
        // Both tables in one statement, as most ids that are asked for are in neither.
        return ask(
                        String.class,
                        "select c.user.id from CredentialEntity c where c.id = :id union all"
                                + " select f.userId from FederatedUserCredentialEntity f where f.id = :id",
                        Map.of("id", rowId))
                .stream()
                .max(Comparator.comparing(StorageId::isLocalStorage));
    }

    /**
     * What a sign-in writes back: the record with what is new, and the label as it is.
     *
     * @param label null where it has none
     */
    record Locked(PasskeyRecord record, String label) {

        /** Empty where the record was spoilt while a cache still had it whole. */
        private static Optional<Locked> of(String document, String label) {
            try {
                return Optional.of(new Locked(PasskeyRecord.parse(document), label));
            } catch (IllegalArgumentException unreadable) {
                return Optional.empty();
            }
        }
    }

    /**
     * The passkey as it is now; nobody else can change it before this transaction ends. To be asked before
     * this session changes its row.
     *
     * @return empty where it is gone, or is no passkey any more
     */
    Optional<Locked> lock(String ownerId, String rowId) {
        return StorageId.isLocalStorage(ownerId)
                ? lock(CredentialEntity.class, rowId)
                        .flatMap(row -> Locked.of(row.getCredentialData(), row.getUserLabel()))
                : lock(FederatedUserCredentialEntity.class, rowId)
                        .flatMap(row -> Locked.of(row.getCredentialData(), row.getUserLabel()));
    }

    /** Forgets what this session has read of the row, so that one statement both reads and locks it. */
    private <T> Optional<T> lock(Class<T> table, String rowId) {
        entities.detach(entities.getReference(table, rowId));
        return Optional.ofNullable(entities.find(table, rowId, LockModeType.PESSIMISTIC_WRITE));
    }

    /**
     * Makes all others wait who lock the same user, before this transaction ends. Users of a federation
     * without import have no row before anything is stored of them.
     *
     * @return false where the user was a local one, and is gone
     */
    boolean lockOwner(String userId) {
        boolean isLocal = StorageId.isLocalStorage(userId);
        Class<?> table = isLocal ? UserEntity.class : FederatedUser.class;
        return entities.find(table, userId, LockModeType.PESSIMISTIC_WRITE) != null || !isLocal;
    }

    /** How many passkeys the user has. */
    long count(String userId) {
        return ask(
                        Long.class,
                        "select count(c) from CredentialEntity c where c.type = :type and c.user.id = :user union all"
                                + " select count(f) from FederatedUserCredentialEntity f"
                                + " where f.type = :type and f.userId = :user",
                        Map.of("type", PasskeyIds.CREDENTIAL_TYPE, "user", userId))
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
