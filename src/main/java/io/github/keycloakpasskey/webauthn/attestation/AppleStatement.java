package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Der;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.util.List;
import java.util.UUID;

/** Apple's anonymous format, §8.8. webauthn4j is not used: it trusts the lengths in a certificate without limit. */
final class AppleStatement {

    private static final String NONCE_EXTENSION = "1.2.840.113635.100.8.2";
    private static final int NONCE = Der.context(1);

    /** The AAGUID of all of Apple's authenticators that attest anonymously. */
    private static final UUID ANONYMOUS = UUID.fromString("f24a8e70-d0d3-f82c-2937-32523cc4de5a");

    private AppleStatement() {}

    static AttestationProof verify(AttestationStatement statement) throws AttestationException, MalformedException {
        List<AttestationCertificate> path = statement.x5c();
        verifyNonce(path.get(0), statement.toBeSigned().sha256());
        // Step 5
        path.get(0).verifyKey(statement.publicKey());
        return AttestationProof.certifiedBy(path, model(statement.credential()));
    }

    /**
     * Apple signs a hash that covers the AAGUID without seeing it, but only for keys of its own authenticators. So the
     * certificate proves Apple's AAGUID, and no other.
     */
    private static ModelProof model(AttestedCredential credential) {
        return credential.aaguid().equals(ANONYMOUS) ? ModelProof.CERTIFICATE : ModelProof.ANCHOR;
    }

    /** Step 4. The extension is a sequence of exactly one element, the tagged nonce. */
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
