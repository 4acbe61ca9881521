package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The user handle that an authenticator is given (§5.4.3, §14.6.1): at most 64 bytes that say nothing
 * about the person.
 *
 * <p>A random user id is that already, and it is what Keycloak's built-in passkeys use, so people can
 * move in and out. Any other id, as a federated user's, which can be long and hold a user name,
 * becomes a digest.
 */
final class UserHandle {

    private static final Pattern RANDOM_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Bytes SEPARATOR = Bytes.of(new byte[] {0});

    private UserHandle() {}

    static Bytes of(String realmId, String userId) {
        Bytes id = utf8(userId);
        if (RANDOM_ID.matcher(userId).matches()) {
            return id;
        }
        return utf8(realmId).concat(SEPARATOR).concat(id).sha256();
    }

    /** The user id that a handle is, where it is one; a digest leads to nobody. */
    static Optional<String> userId(Bytes handle) {
        String text = new String(handle.toByteArray(), StandardCharsets.UTF_8);
        return Optional.of(text).filter(id -> RANDOM_ID.matcher(id).matches());
    }

    private static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
