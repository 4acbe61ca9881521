package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An attestation statement with what it is verified against (§6.5.4, "verification procedure inputs").
 *
 * @param attestationObject the encoded object that it came in
 * @param members the statement itself
 * @param authenticatorData with attested credential data
 * @param publicKey the new credential's
 * @param at the instant at which timestamps are judged
 */
record AttestationStatement(
        Bytes attestationObject,
        CborMap members,
        AuthenticatorData authenticatorData,
        AttestedCredential credential,
        CredentialPublicKey publicKey,
        Bytes clientDataHash,
        String rpId,
        Instant at) {

    /** Genuine paths have at most five; every certificate takes time to judge. */
    private static final int LONGEST_PATH = 10;

    /** What most formats sign, the attToBeSigned: authenticator data, and the hash of the client data. */
    Bytes toBeSigned() {
        return authenticatorData.bytes().concat(clientDataHash);
    }

    CoseAlgorithm algorithm() throws CeremonyException {
        return CoseAlgorithm.ofNumber(members.requireNumber("alg", FailureReason.ATTESTATION_INVALID))
                .orElseThrow(() -> new CeremonyException(FailureReason.ATTESTATION_INVALID));
    }

    Bytes bytes(String member) throws CeremonyException {
        return members.requireBytes(member, FailureReason.ATTESTATION_INVALID);
    }

    /** The {@code x5c}: the attestation certificate and those above it, at least one. */
    List<AttestationCertificate> x5c() throws CeremonyException {
        List<?> encoded = members.requireArray("x5c", FailureReason.ATTESTATION_INVALID);
        requireLength(encoded);
        List<AttestationCertificate> path = new ArrayList<>();
        for (Object entry : encoded) {
            if (!(entry instanceof Bytes der)) {
                throw new CeremonyException(FailureReason.ATTESTATION_INVALID);
            }
            path.add(AttestationCertificate.parse(der));
        }
        return path;
    }

    /** A path begins somewhere, and ends soon. */
    static void requireLength(List<?> path) throws CeremonyException {
        require(!path.isEmpty() && path.size() <= LONGEST_PATH);
    }

    /** One rule of a format. */
    static void require(boolean holds) throws CeremonyException {
        CeremonyException.require(holds, FailureReason.ATTESTATION_INVALID);
    }
}
