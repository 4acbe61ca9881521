package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Cbor;
import io.github.keycloakpasskey.webauthn.encoding.CborMap;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The attested credential data (§6.5.1): the new credential's id and key, and its authenticator's model.
 *
 * @param aaguid the model of the authenticator, {@link Aaguid#NONE} if the authenticator does not name it
 * @param id the credential id, 0 to 65535 bytes
 * @param publicKeyCose the encoded COSE key, which has not been verified
 */
public record AttestedCredential(UUID aaguid, Bytes id, Bytes publicKeyCose) {

    private static final int AAGUID_BYTES = 16;
    private static final int LENGTH_BYTES = 2;

    /**
     * Reads the data and ignores the bytes after them.
     *
     * @param from the position in bytes at which the data begin
     * @throws MalformedException if the authenticator data end early, or the key is not a CBOR map
     */
    public static AttestedCredential parse(Bytes authenticatorData, int from) throws MalformedException {
        int idFrom = from + AAGUID_BYTES + LENGTH_BYTES;
        MalformedException.require(authenticatorData.size() >= idFrom);
        ByteBuffer head = ByteBuffer.wrap(authenticatorData.slice(from, idFrom).toByteArray());
        UUID aaguid = new UUID(head.getLong(), head.getLong());
        int keyFrom = idFrom + Short.toUnsignedInt(head.getShort());
        MalformedException.require(authenticatorData.size() >= keyFrom);
        Cbor.Item key = Cbor.read(authenticatorData, keyFrom);
        MalformedException.require(key.value() instanceof CborMap);
        return new AttestedCredential(
                aaguid, authenticatorData.slice(idFrom, keyFrom), authenticatorData.slice(keyFrom, key.end()));
    }

    /** The AAGUID as in the authenticator data, 16 bytes. */
    Bytes aaguidBytes() {
        return Bytes.of(ByteBuffer.allocate(AAGUID_BYTES)
                .putLong(aaguid.getMostSignificantBits())
                .putLong(aaguid.getLeastSignificantBits())
                .array());
    }

    /** The length of the encoded data in bytes. */
    public int size() {
        return AAGUID_BYTES + LENGTH_BYTES + id.size() + publicKeyCose.size();
    }
}
