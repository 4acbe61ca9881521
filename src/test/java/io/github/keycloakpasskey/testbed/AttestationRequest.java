package io.github.keycloakpasskey.testbed;

import java.nio.ByteBuffer;
import java.util.UUID;

/** What an {@link Attestator} vouches for. */
public final class AttestationRequest {

    private final SoftwarePasskey passkey;
    private final UUID aaguid;
    private final byte[] authenticatorData;
    private final byte[] clientDataHash;

    AttestationRequest(SoftwarePasskey passkey, UUID aaguid, byte[] authenticatorData, byte[] clientDataHash) {
        this.passkey = passkey;
        this.aaguid = aaguid;
        this.authenticatorData = authenticatorData.clone();
        this.clientDataHash = clientDataHash.clone();
    }

    public SoftwarePasskey passkey() {
        return passkey;
    }

    public byte[] authenticatorData() {
        return authenticatorData.clone();
    }

    /** The SHA-256 of the client data. */
    public byte[] clientDataHash() {
        return clientDataHash.clone();
    }

    /** What most formats sign. */
    public byte[] toBeSigned() {
        return Ceremony.concat(authenticatorData, clientDataHash);
    }

    byte[] aaguidBytes() {
        return ByteBuffer.allocate(16)
                .putLong(aaguid.getMostSignificantBits())
                .putLong(aaguid.getLeastSignificantBits())
                .array();
    }
}
