package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The Android SafetyNet format, §8.5. webauthn4j verifies all of it except the types of the two members. */
final class SafetyNetStatement {

    private SafetyNetStatement() {}

    static AttestationProof verify(AttestationStatement statement) throws AttestationException, MalformedException {
        String version = statement.members().requireText("ver");
        AttestationException.require(!version.isEmpty());
        statement.bytes("response");
        List<X509Certificate> path = WebAuthn4j.verifySafetyNet(statement);
        AttestationStatement.requireLength(path);
        for (X509Certificate certificate : path) {
            AttestationCertificate.requireQuickToVerify(certificate);
        }
        // The response attests a nonce that any app can choose, and so any AAGUID.
        return AttestationProof.certified(path, ModelProof.ANCHOR);
    }
}
