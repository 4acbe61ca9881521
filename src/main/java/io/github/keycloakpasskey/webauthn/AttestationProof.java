package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Der;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What an attestation statement proved (§6.5.3).
 *
 * @param kind by what
 * @param path the attestation trust path; empty but for certified ones
 * @param model what it takes to believe the AAGUID
 */
record AttestationProof(Kind kind, List<X509Certificate> path, ModelProof model) {

    enum Kind {
        NONE,
        SELF,
        CERTIFIED
    }

    static final AttestationProof NONE = new AttestationProof(Kind.NONE, List.of(), ModelProof.NOTHING);
    static final AttestationProof SELF = new AttestationProof(Kind.SELF, List.of(), ModelProof.NOTHING);

    AttestationProof {
        path = List.copyOf(path);
    }

    static AttestationProof certified(List<X509Certificate> path, ModelProof model) {
        return new AttestationProof(Kind.CERTIFIED, path, model);
    }

    static AttestationProof certifiedBy(List<AttestationCertificate> path, ModelProof model) {
        return certified(path.stream().map(AttestationCertificate::x509).toList(), model);
    }

    /** SHA-1 of the attestation certificate's public key (RFC 5280 §4.2.1.2, method 1). */
    Bytes certificateKeyIdentifier() throws MalformedException {
        Bytes encoded = Bytes.of(path.get(0).getPublicKey().getEncoded());
        Bytes bitString = Der.read(encoded)
                .require(Der.SEQUENCE)
                .child(Der.BIT_STRING)
                .orElseThrow(MalformedException::new)
                .content();
        // The first byte counts the unused bits of the last one.
        return bitString.slice(1, bitString.size()).sha1();
    }
}
