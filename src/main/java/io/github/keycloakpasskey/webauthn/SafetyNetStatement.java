package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.security.cert.X509Certificate;
import java.util.List;

/** The Android SafetyNet format, §8.5, which webauthn4j verifies but for the types of the two members. */
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
        // What is attested is a nonce, which any app can choose, and with it any model.
        return AttestationProof.certified(path, ModelProof.ANCHOR);
    }
}
