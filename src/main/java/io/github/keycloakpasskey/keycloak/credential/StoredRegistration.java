package io.github.keycloakpasskey.keycloak.credential;

import java.util.List;

/**
 * The result of storing a new passkey.
 *
 * @param passkey the new one
 * @param replaced the passkeys that it replaced, which were removed
 */
public record StoredRegistration(Passkey passkey, List<Passkey> replaced) {

    public StoredRegistration {
        replaced = List.copyOf(replaced);
    }
}
