package io.github.keycloakpasskey.keycloak.credential;

import java.util.List;

/**
 * What came of storing a new passkey.
 *
 * @param passkey the new one
 * @param replaced those that went for it
 */
public record StoredRegistration(Passkey passkey, List<Passkey> replaced) {

    public StoredRegistration {
        replaced = List.copyOf(replaced);
    }
}
