package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Der;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.util.List;

/** Apple's anonymous format, §8.8. webauthn4j believes any length that a certificate claims, so it is not asked. */
final class AppleStatement {

    private static final String NONCE_EXTENSION = "1.2.840.113635.100.8.2";
    private static final int NONCE = Der.context(1);

    /** What all of Apple's authenticators that attest anonymously say. */
    private static final String ANONYMOUS = "f24a8e70-d0d3-f82c-2937-32523cc4de5a";

    private AppleStatement() {}

    static AttestationProof verify(AttestationStatement statement) throws AttestationException, MalformedException {
        List<AttestationCertificate> path = statement.x5c();
        verifyNonce(path.get(0), statement.toBeSigned().sha256());
        // Step 5
        path.get(0).verifyKey(statement.publicKey());
        return AttestationProof.certifiedBy(path, model(statement.credential()));
    }

    /**
     * Apple certifies the hash of the AAGUID unseen, but nobody else's keys: that it is one of its authenticators is
     * what the certificate says.
     */
    private static ModelProof model(AttestedCredential credential) {
        return credential.aaguid().equals(ANONYMOUS) ? ModelProof.CERTIFICATE : ModelProof.ANCHOR;
    }

    /** Step 4. The extension is a sequence of one thing, the tagged nonce: nothing can hide beside it. */
    private static void verifyNonce(AttestationCertificate certificate, Bytes nonce)
            throws AttestationException, MalformedException {
        Bytes certified = certificate
                .requireExtension(NONCE_EXTENSION)
                .require(Der.SEQUENCE)
                .onlyChild()
                .require(NONCE)
                .onlyChild()
                .require(Der.OCTET_STRING)
                .content();
        AttestationException.require(certified.equals(nonce));
    }
}
