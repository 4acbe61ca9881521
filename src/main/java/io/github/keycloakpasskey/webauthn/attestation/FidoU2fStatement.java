package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.cose.EcdsaSignature;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.util.List;

/** The FIDO U2F format, §8.6: the checks that webauthn4j omits, then webauthn4j. */
final class FidoU2fStatement {

    private FidoU2fStatement() {}

    static AttestationProof verify(AttestationStatement statement) throws AttestationException, MalformedException {
        List<AttestationCertificate> path = statement.x5c();
        // Step 2
        AttestationException.require(path.size() == 1);
        // Step 4: U2F signs the raw form of a P-256 key, which only ES256 keys have.
        AttestationException.require(statement.publicKey().algorithm() == CoseAlgorithm.ES256);
        // Step 6
        AttestationException.require(EcdsaSignature.isDer(statement.bytes("sig")));
        WebAuthn4j.verifyFidoU2f(statement);
        // The signature does not cover the AAGUID, so the owner of any U2F key can claim any model.
        return AttestationProof.certifiedBy(path, ModelProof.NOTHING);
    }
}
