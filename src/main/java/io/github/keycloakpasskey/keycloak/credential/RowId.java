package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The id of a passkey's row: a UUID made of the first 16 bytes of SHA-256(realm id ‖ 0 ‖ credential
 * id). So the table's primary key keeps a credential ID unique in its realm, across all users and nodes, and finds
 * its row.
 */
final class RowId {

    private static final Bytes SEPARATOR = Bytes.of(new byte[] {0});

    private RowId() {}

    static String of(String realmId, Bytes credentialId) {
        Bytes digest = Bytes.of(realmId.getBytes(StandardCharsets.UTF_8))
                .concat(SEPARATOR)
                .concat(credentialId)
                .sha256();
        ByteBuffer buffer = ByteBuffer.wrap(digest.toByteArray());
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }
}
