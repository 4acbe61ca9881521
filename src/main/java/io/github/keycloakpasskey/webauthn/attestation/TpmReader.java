package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;

/** Reads the structures of a TPM (TPM 2.0 Library, part 2). Numbers are in big-endian order. */
final class TpmReader {

    private static final int SIZE_BYTES = 2;

    private final Bytes source;
    private int position;

    TpmReader(Bytes source) {
        this.source = source;
    }

    Bytes bytes(int length) throws AttestationException {
        AttestationException.require(length <= source.size() - position);
        Bytes bytes = source.slice(position, position + length);
        position += length;
        return bytes;
    }

    int unsignedShort() throws AttestationException {
        return bytes(SIZE_BYTES).toUnsignedInteger().intValue();
    }

    /** A TPM2B: a length of two bytes, then that many bytes. */
    Bytes sized() throws AttestationException {
        return bytes(unsignedShort());
    }

    /** Nothing follows the structure. */
    void end() throws AttestationException {
        AttestationException.require(position == source.size());
    }
}
