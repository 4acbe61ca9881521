package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Der;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The result of verifying an attestation statement (§6.5.3). It does not say that anybody trusts the certificates.
 *
 * @param kind the attestation type
 * @param path the attestation trust path, with the attestation certificate first; empty unless the kind is certified
 * @param model the trust anchor that proves the AAGUID
 */
public record AttestationProof(Kind kind, List<X509Certificate> path, ModelProof model) {

    /** The attestation types that verification tells apart. */
    public enum Kind {
        /** The authenticator attests nothing. */
        NONE,
        /** The statement is signed with the new credential's own key. */
        SELF,
        /** A certificate vouches for the statement. */
        CERTIFIED
    }

    /** Of a statement that attests nothing, or that nobody reads. */
    public static final AttestationProof NONE = new AttestationProof(Kind.NONE, List.of(), ModelProof.NOTHING);

    static final AttestationProof SELF = new AttestationProof(Kind.SELF, List.of(), ModelProof.NOTHING);

    public AttestationProof {
        path = List.copyOf(path);
    }

    static AttestationProof certified(List<X509Certificate> path, ModelProof model) {
        return new AttestationProof(Kind.CERTIFIED, path, model);
    }

    static AttestationProof certifiedBy(List<AttestationCertificate> path, ModelProof model) {
        return certified(path.stream().map(AttestationCertificate::x509).toList(), model);
    }

    /**
     * SHA-1 of the attestation certificate's public key (RFC 5280 §4.2.1.2, method 1). Only for a certified proof.
     *
     * @throws MalformedException if the certificate's key has no readable encoding
     */
    public Bytes certificateKeyIdentifier() throws MalformedException {
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
