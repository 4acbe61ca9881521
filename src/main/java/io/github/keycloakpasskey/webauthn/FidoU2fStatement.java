package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.cose.EcdsaSignature;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.util.List;

/** The FIDO U2F format, §8.6: what webauthn4j leaves out of it. */
final class FidoU2fStatement {

    private FidoU2fStatement() {}

    static AttestationProof verify(AttestationStatement statement) throws AttestationException, MalformedException {
        List<AttestationCertificate> path = statement.x5c();
        // Step 2
        AttestationException.require(path.size() == 1);
        // Step 4: only a key of ES256 has the raw form that U2F signs.
        AttestationException.require(statement.publicKey().algorithm() == CoseAlgorithm.ES256);
        // Step 6
        AttestationException.require(EcdsaSignature.isDer(statement.bytes("sig")));
        WebAuthn4j.verifyFidoU2f(statement);
        // What U2F signs has no AAGUID in it, so that whoever holds any U2F key can claim any model.
        return AttestationProof.certifiedBy(path, ModelProof.NOTHING);
    }
}
