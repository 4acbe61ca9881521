package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The user handle that an authenticator is given (§5.4.3, §14.6.1): at most 64 bytes that reveal nothing about the
 * user.
 *
 * <p>A random user ID serves as it is. Keycloak's built-in passkeys use it too, so users can move between both. Any
 * other ID becomes a digest: a federated user's can be long and contain a user name.
 */
final class UserHandle {

    private static final Pattern RANDOM_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    /** The ID of a user of another storage names that storage; Keycloak cannot parse one that does not. */
    private static final Pattern ANY_ID =
            Pattern.compile("(?!f:)\\P{Cntrl}+|f:[^:\\p{Cntrl}]+:\\P{Cntrl}+", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Bytes SEPARATOR = Bytes.of(new byte[] {0});

    private UserHandle() {}

    static Bytes of(String realmId, String userId) {
        Bytes id = utf8(userId);
        if (RANDOM_ID.matcher(userId).matches()) {
            return id;
        }
        return utf8(realmId).concat(SEPARATOR).concat(id).sha256();
    }

    /** The user ID in a handle; empty for a digest. */
    static Optional<String> userId(Bytes handle) {
        String text = new String(handle.toByteArray(), StandardCharsets.UTF_8);
        return Optional.of(text).filter(id -> RANDOM_ID.matcher(id).matches());
    }

    /** The user ID in a handle that a built-in page gave to an authenticator: the ID of any user, as it is. */
    static Optional<String> builtInUserId(Bytes handle) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(handle.toByteArray()))
                    .toString();
            return Optional.of(text).filter(id -> ANY_ID.matcher(id).matches());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    private static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
