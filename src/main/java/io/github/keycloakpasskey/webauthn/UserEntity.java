package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;

/**
 * Whom a new passkey is for (§5.4.3).
 *
 * @param handle the user handle, 1 to 64 bytes, which says nothing about the person (§14.6.1)
 * @param name what tells this account from the person's others, as a rule the user name
 * @param displayName the person's name; may be the same as {@code name}
 */
public record UserEntity(Bytes handle, String name, String displayName) {

    private static final int LARGEST_HANDLE = 64;

    public UserEntity {
        if (handle.size() < 1 || handle.size() > LARGEST_HANDLE) {
            throw new IllegalArgumentException("a user handle has 1 to 64 bytes");
        }
    }
}
