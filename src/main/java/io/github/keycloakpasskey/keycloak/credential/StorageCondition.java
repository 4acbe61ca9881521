package io.github.keycloakpasskey.keycloak.credential;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** What must hold at the moment a passkey is stored. It is asked under the lock of the owner's row. */
@FunctionalInterface
public interface StorageCondition {

    /**
     * Why the passkey must not be stored.
     *
     * @param session the session of the transaction that stores it
     * @param account the owner's account, read past all caches
     * @return empty if it may be stored
     */
    Optional<NotStored> refusal(KeycloakSession session, AccountState account);
}
