package io.github.keycloakpasskey.webauthn;

import java.util.List;

/** Apple's anonymous format, §8.8. webauthn4j believes any length that a certificate claims, so it is not asked. */
final class AppleStatement {

    private static final String NONCE_EXTENSION = "1.2.840.113635.100.8.2";
    private static final int NONCE = Der.context(1);

    private AppleStatement() {}

    static AttestationProof verify(AttestationStatement statement) throws CeremonyException {
        List<AttestationCertificate> path = statement.x5c();
        verifyNonce(path.get(0), statement.toBeSigned().sha256());
        // Step 5
        path.get(0).verifyKey(statement.publicKey());
        return AttestationProof.certifiedBy(path);
    }

    /** Step 4. The extension is a sequence of one thing, the tagged nonce: nothing can hide beside it. */
    private static void verifyNonce(AttestationCertificate certificate, Bytes nonce) throws CeremonyException {
        Bytes certified = certificate
                .requireExtension(NONCE_EXTENSION)
                .require(Der.SEQUENCE)
                .onlyChild()
                .require(NONCE)
                .onlyChild()
                .require(Der.OCTET_STRING)
                .content();
        AttestationStatement.require(certified.equals(nonce));
    }
}
