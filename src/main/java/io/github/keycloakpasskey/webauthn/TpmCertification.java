package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;

/**
 * What a TPM signs of a key that it holds: a TPMS_ATTEST with a TPMS_CERTIFY_INFO in it (TPM 2.0
 * Library, part 2, §10.12).
 *
 * @param extraData chosen by who asked
 * @param name of the certified key: the number of a hash, and the hash of the key's public area
 */
record TpmCertification(Bytes extraData, Bytes name) {

    private static final Bytes TPM_GENERATED_VALUE = Bytes.of(new byte[] {(byte) 0xff, 'T', 'C', 'G'});
    private static final int TPM_ST_ATTEST_CERTIFY = 0x8017;

    /** Clock, counts of resets and restarts, whether it is safe; then the firmware's version. */
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
