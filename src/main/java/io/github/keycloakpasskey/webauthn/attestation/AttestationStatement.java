package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.cose.CredentialPublicKey;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.CborMap;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.util.ArrayList;
import java.util.List;

/**
 * An attestation statement with everything that it is verified against (§6.5.4, "verification procedure inputs").
 *
 * @param object the attestation object that contains the statement
 * @param credential the attested credential data in the object
 * @param publicKey the public key in the attested credential data
 * @param context the relying party's inputs
 */
public record AttestationStatement(
        AttestationObject object,
        AttestedCredential credential,
        CredentialPublicKey publicKey,
        AttestationContext context) {

    /** Genuine paths have at most five certificates, and each takes time to verify. */
    private static final int LONGEST_PATH = 10;

    CborMap members() {
        return object.statement();
    }

    /** {@code attToBeSigned}, which most formats sign: the authenticator data and the hash of the client data. */
    Bytes toBeSigned() {
        return object.authenticatorData().concat(context.clientDataHash());
    }

    /** The {@code alg} of the statement. */
    CoseAlgorithm algorithm() throws AttestationException, MalformedException {
        return CoseAlgorithm.ofNumber(members().requireNumber("alg")).orElseThrow(AttestationException::new);
    }

    Bytes bytes(String member) throws MalformedException {
        return members().requireBytes(member);
    }

    /** The {@code x5c}: the attestation certificate, then the certificates above it. Never empty. */
    List<AttestationCertificate> x5c() throws AttestationException, MalformedException {
        List<?> encoded = members().requireArray("x5c");
        requireLength(encoded);
        List<AttestationCertificate> path = new ArrayList<>();
        for (Object entry : encoded) {
            if (!(entry instanceof Bytes der)) {
                throw new AttestationException();
            }
            path.add(AttestationCertificate.parse(der));
        }
        return path;
    }

    /** A path has 1 to 10 certificates. */
    static void requireLength(List<?> path) throws AttestationException {
        AttestationException.require(!path.isEmpty() && path.size() <= LONGEST_PATH);
    }
}
