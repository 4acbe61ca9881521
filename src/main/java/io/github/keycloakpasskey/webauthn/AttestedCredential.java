package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The attested credential data (§6.5.1): the new credential's id and key, and its authenticator's model.
 *
 * @param aaguid a UUID in text
 * @param publicKeyCose the bytes of the COSE key, which nobody has looked into
 */
record AttestedCredential(String aaguid, Bytes id, Bytes publicKeyCose) {

    private static final int AAGUID_BYTES = 16;
    private static final int LENGTH_BYTES = 2;

    /** What an authenticator says that does not tell its model. */
    static final String NO_AAGUID = new UUID(0, 0).toString();

    /** Reads it from there on, whatever stands behind it. */
    static AttestedCredential parse(Bytes authenticatorData, int from) throws CeremonyException {
        int idFrom = from + AAGUID_BYTES + LENGTH_BYTES;
        CeremonyException.require(authenticatorData.size() >= idFrom, FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
        ByteBuffer head = ByteBuffer.wrap(authenticatorData.slice(from, idFrom).toByteArray());
        UUID aaguid = new UUID(head.getLong(), head.getLong());
        int keyFrom = idFrom + Short.toUnsignedInt(head.getShort());
        CeremonyException.require(authenticatorData.size() >= keyFrom, FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
        Cbor.Item key = Cbor.read(authenticatorData, keyFrom, FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
        CeremonyException.require(key.value() instanceof CborMap, FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
        return new AttestedCredential(
                aaguid.toString(),
                authenticatorData.slice(idFrom, keyFrom),
                authenticatorData.slice(keyFrom, key.end()));
    }

    Bytes aaguidBytes() {
        UUID uuid = UUID.fromString(aaguid);
        return Bytes.of(ByteBuffer.allocate(AAGUID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array());
    }

    /** The bytes that it takes. */
    int size() {
        return AAGUID_BYTES + LENGTH_BYTES + id.size() + publicKeyCose.size();
    }
}
