package io.github.keycloakpasskey.webauthn;

import java.security.cert.X509Certificate;
import java.util.List;

/** The Android SafetyNet format, §8.5, which webauthn4j verifies whole. */
final class SafetyNetStatement {

    private SafetyNetStatement() {}

    static AttestationProof verify(AttestationStatement statement) throws CeremonyException {
        List<X509Certificate> path = WebAuthn4j.verifySafetyNet(statement);
        for (X509Certificate certificate : path) {
            AttestationCertificate.requireQuickToVerify(certificate);
        }
        return AttestationProof.certified(path);
    }
}
