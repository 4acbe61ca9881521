package io.github.keycloakpasskey.keycloak.credential;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.jpa.entity.FederatedUser;
import org.keycloak.storage.jpa.entity.FederatedUserCredentialEntity;

/**
 * The rows below Keycloak's credential manager. They serve what the manager cannot do: find a credential without
 * knowing its owner, and read the current state under a lock, past all caches. Credentials of local users are in one
 * table, those of users of a federation without import in another.
 */
final class CredentialRows {

    private final EntityManager entities;

    CredentialRows(KeycloakSession session) {
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** The id of the user who owns the credential; the local user if an import has given it to two users. */
    Optional<String> owner(String rowId) {
        // One statement for both tables, because most requested ids are in neither.
        return ask(
                        String.class,
                        "select c.user.id from CredentialEntity c where c.id = :id union all"
                                + " select f.userId from FederatedUserCredentialEntity f where f.id = :id",
                        Map.of("id", rowId))
                .stream()
                .max(Comparator.comparing(StorageId::isLocalStorage));
    }

    /**
     * What a sign-in reads under the lock and writes back: the record, which it updates, and the label, which it
     * keeps.
     *
     * @param label null if the passkey has no label
     */
    record Locked(PasskeyRecord record, String label) {

        /** Empty if the stored record can no longer be read, although a cache still had it. */
        private static Optional<Locked> of(String document, String label) {
            try {
                return Optional.of(new Locked(PasskeyRecord.parse(document), label));
            } catch (IllegalArgumentException unreadable) {
                return Optional.empty();
            }
        }
    }

    /**
     * Locks the row, and gives the passkey as it is now. No other transaction can change it before this one ends.
     * Call this before this session changes the row.
     *
     * @return empty if the row was deleted or holds no passkey
     */
    Optional<Locked> lock(String ownerId, String rowId) {
        return StorageId.isLocalStorage(ownerId)
                ? lock(CredentialEntity.class, rowId)
                        .flatMap(row -> Locked.of(row.getCredentialData(), row.getUserLabel()))
                : lock(FederatedUserCredentialEntity.class, rowId)
                        .flatMap(row -> Locked.of(row.getCredentialData(), row.getUserLabel()));
    }

    /** Detaches the entity first, so that one statement both reads and locks the row. */
    private <T> Optional<T> lock(Class<T> table, String rowId) {
        entities.detach(entities.getReference(table, rowId));
        return Optional.ofNullable(entities.find(table, rowId, LockModeType.PESSIMISTIC_WRITE));
    }

    /**
     * Locks the user's row, so that other transactions that lock the same user wait until this one ends. Users of a
     * federation without import have no row until something is stored for them.
     *
     * @return false if a local user was deleted
     */
    boolean lockOwner(String userId) {
        boolean isLocal = StorageId.isLocalStorage(userId);
        Class<?> table = isLocal ? UserEntity.class : FederatedUser.class;
        return entities.find(table, userId, LockModeType.PESSIMISTIC_WRITE) != null || !isLocal;
    }

    /** The user's credentials of all types, by their ids. */
    Map<String, StoredCredential> ownedBy(String userId) {
        return ask(
                        Object[].class,
                        "select c.id, c.type, c.createdDate from CredentialEntity c where c.user.id = :user union all"
                                + " select f.id, f.type, f.createdDate from FederatedUserCredentialEntity f"
                                + " where f.userId = :user",
                        Map.of("user", userId))
                .stream()
                .collect(Collectors.toMap(
                        row -> (String) row[0],
                        row -> StoredCredential.of((String) row[1], (Long) row[2]),
                        (one, same) -> one));
    }

    /** The account of this user with these credentials, as the database has it. */
    AccountState account(KeycloakSession session, UserModel user, Map<String, StoredCredential> credentials) {
        AccountState known = AccountState.of(session, user, credentials);
        UserEntity row = StorageId.isLocalStorage(user.getId()) ? entities.find(UserEntity.class, user.getId()) : null;
        return row == null
                ? known
                : new AccountState(
                        known.enabled() && row.isEnabled(),
                        Math.max(known.notBefore(), row.getNotBefore()),
                        row.getEmail(),
                        known.credentials());
    }

    /** The labels of the user's credentials, of any type: in one of the tables Keycloak requires them to differ. */
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
