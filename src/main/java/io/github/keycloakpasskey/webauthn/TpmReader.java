package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;

/** Reads the structures of a TPM (TPM 2.0 Library, part 2): numbers with the highest byte first. */
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

    /** A TPM2B: bytes behind their number. */
    Bytes sized() throws AttestationException {
        return bytes(unsignedShort());
    }

    void end() throws AttestationException {
        AttestationException.require(position == source.size());
    }
}
