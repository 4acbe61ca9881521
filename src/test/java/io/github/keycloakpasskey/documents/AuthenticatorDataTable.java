package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Authenticator data (§6.1) read by the specification alone, for people. It knows nothing of the code that the server
 * reads them with, so that the two can be held against each other.
 */
final class AuthenticatorDataTable {

    private final ByteTable table;
    private final int flags;
    private final long signCount;
    private String aaguid = "";
    private Bytes credentialId = Bytes.of(new byte[0]);
    private Bytes publicKey = Bytes.of(new byte[0]);

    AuthenticatorDataTable(Bytes data, String rpId) {
        table = new ByteTable(data.toByteArray());
        table.take(32, hash -> {
            if (!Arrays.equals(
                    hash,
                    Bytes.of(rpId.getBytes(StandardCharsets.UTF_8)).sha256().toByteArray())) {
                throw new IllegalArgumentException("authenticator data of another site than " + rpId);
            }
            return "SHA-256 of the relying party's id, `" + rpId + "`";
        });
        flags = number(table.take(1, taken -> "flags: " + AuthenticatorFlag.names(number(taken))));
        signCount = Integer.toUnsignedLong(number(
                table.take(4, taken -> "signature counter, the highest byte first: " + unsigned(number(taken)))));
        if (AuthenticatorFlag.AT.isIn(flags)) {
            takeCredential();
        }
    }

    private void takeCredential() {
        aaguid = uuid(table.take(16, taken -> "AAGUID: `" + uuid(taken) + "`"));
        int length = number(table.take(2, taken -> "length of the credential id: " + number(taken)));
        credentialId = Bytes.of(table.take(length, "credential id"));
        // Without extensions the key is what is left.
        publicKey = Bytes.of(table.take(table.left(), "public key as a COSE key"));
    }

    private static int number(byte[] bytes) {
        return new BigInteger(1, bytes).intValue();
    }

    private static String unsigned(int number) {
        return Integer.toUnsignedString(number);
    }

    private static String uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }

    int flags() {
        return flags;
    }

    long signCount() {
        return signCount;
    }

    /** The model as a UUID in text; empty where no credential was made. */
    String aaguid() {
        return aaguid;
    }

    Bytes credentialId() {
        return credentialId;
    }

    Bytes publicKey() {
        return publicKey;
    }

    String markdown() {
        return table.markdown();
    }

    /** The same with the hash of the client data behind it: all that is signed (§6.3.3). */
    String markdownBefore(Bytes clientDataHash) {
        return table.with(clientDataHash.toByteArray(), "SHA-256 of the client data")
                .markdown();
    }
}
