package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;

/**
 * A TPM's signed statement about a key in it: a TPMS_ATTEST with a TPMS_CERTIFY_INFO (TPM 2.0 Library, part 2, §10.12).
 *
 * @param extraData chosen by the software that requested the certification
 * @param name the name of the certified key: the number of a hash algorithm, then the hash of the key's public area
 */
record TpmCertification(Bytes extraData, Bytes name) {

    private static final Bytes TPM_GENERATED_VALUE = Bytes.of(new byte[] {(byte) 0xff, 'T', 'C', 'G'});
    private static final int TPM_ST_ATTEST_CERTIFY = 0x8017;

    /** Clock, reset count, restart count and the safe flag, then the firmware version. */
    private static final int CLOCK_AND_FIRMWARE_BYTES = 8 + 4 + 4 + 1 + 8;

    static TpmCertification parse(Bytes certInfo) throws AttestationException {
        TpmReader reader = new TpmReader(certInfo);
        AttestationException.require(reader.bytes(TPM_GENERATED_VALUE.size()).equals(TPM_GENERATED_VALUE));
        AttestationException.require(reader.unsignedShort() == TPM_ST_ATTEST_CERTIFY);
        reader.sized(); // qualifiedSigner
        Bytes extraData = reader.sized();
        reader.bytes(CLOCK_AND_FIRMWARE_BYTES);
        Bytes name = reader.sized();
        reader.sized(); // qualifiedName
        reader.end();
        return new TpmCertification(extraData, name);
    }
}
