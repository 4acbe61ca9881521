package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
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
     * A passkey as it is in the database, under a lock that ends with the transaction.
     *
     * @param rowId the id of the row
     * @param document its JSON document
     * @param label null if the passkey has no label
     * @param created in milliseconds since 1970; null if the row does not say
     */
    record Locked(PasskeyType type, String rowId, String document, PasskeyRecord record, String label, Long created) {

        /** Empty if the stored document cannot be read any more, although a cache still had another one. */
        private static Optional<Locked> of(
                String ownerId, String rowId, String type, String document, String label, Long created) {
            try {
                return PasskeyType.ofId(type)
                        .map(known -> new Locked(
                                known, rowId, document, Passkey.record(known, document, ownerId), label, created));
            } catch (IllegalArgumentException unreadable) {
                return Optional.empty();
            }
        }
    }

    /**
     * Locks the row, and gives the passkey as it is now. No other transaction can change it before this one ends.
     *
     * @return empty if the row was deleted or holds no passkey
     */
    Optional<Locked> lock(String ownerId, String rowId) {
        return StorageId.isLocalStorage(ownerId)
                ? lock(CredentialEntity.class, rowId)
                        .flatMap(row -> Locked.of(
                                ownerId,
                                rowId,
                                row.getType(),
                                row.getCredentialData(),
                                row.getUserLabel(),
                                row.getCreatedDate()))
                : lock(FederatedUserCredentialEntity.class, rowId)
                        .flatMap(row -> Locked.of(
                                ownerId,
                                rowId,
                                row.getType(),
                                row.getCredentialData(),
                                row.getUserLabel(),
                                row.getCreatedDate()));
    }

    /** Locks the row of a passkey, also if another login has adopted the passkey since it was read. */
    Optional<Locked> lockNow(String realmId, Passkey passkey) {
        String owner = passkey.owner().getId();
        return lock(owner, passkey.id())
                .or(() -> Optional.of(RowId.of(realmId, passkey.credential().id()))
                        .filter(derived -> !derived.equals(passkey.id()))
                        .flatMap(derived -> lock(owner, derived)));
    }

    /** Detaches the entity first, so that one statement both reads and locks the row. Changes must be flushed before. */
    private <T> Optional<T> lock(Class<T> table, String rowId) {
        entities.detach(entities.getReference(table, rowId));
        return Optional.ofNullable(entities.find(table, rowId, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Writes the changes of this session, which {@link #lock} would lose, and notices clashes with other transactions. */
    void flush() {
        entities.flush();
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

    /**
     * The ids of local users who have a credential of this type, in ascending order.
     *
     * @param id the id after which they begin; empty for the first ones
     * @param most how many at most
     */
    List<String> localOwnersAfter(String id, String realmId, PasskeyType type, int most) {
        return ownersAfter(
                "select distinct c.user.id from CredentialEntity c"
                        + " where c.type = :type and c.user.realmId = :realm and c.user.id > :id order by c.user.id",
                Map.of("id", id, "realm", realmId, "type", type.id()),
                most);
    }

    /** The same for users of a federation without import. */
    List<String> federatedOwnersAfter(String id, String realmId, PasskeyType type, int most) {
        return ownersAfter(
                "select distinct f.userId from FederatedUserCredentialEntity f"
                        + " where f.type = :type and f.realmId = :realm and f.userId > :id order by f.userId",
                Map.of("id", id, "realm", realmId, "type", type.id()),
                most);
    }

    private List<String> ownersAfter(String query, Map<String, String> parameters, int most) {
        return query(String.class, query, parameters).setMaxResults(most).getResultList();
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
        return query(kind, query, parameters).getResultList();
    }

    private <T> TypedQuery<T> query(Class<T> kind, String query, Map<String, String> parameters) {
        TypedQuery<T> typed = entities.createQuery(query, kind);
        parameters.forEach(typed::setParameter);
        return typed;
    }
}
