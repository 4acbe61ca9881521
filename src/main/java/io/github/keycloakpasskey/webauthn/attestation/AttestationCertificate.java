package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.cose.CredentialPublicKey;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Certificates;
import io.github.keycloakpasskey.webauthn.encoding.Der;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;

/** A certificate of an attestation statement, with the checks that several formats share. */
record AttestationCertificate(X509Certificate x509) {

    private static final int VERSION_3 = 3;

    /** §8.2.1: the AAGUID of the authenticators that the certificate is for. */
    private static final String AAGUID_EXTENSION = "1.3.6.1.4.1.45724.1.1.4";

    private static final int LARGEST_RSA_BITS = 8192;
    private static final int LARGEST_RSA_EXPONENT_BITS = 256;

    static AttestationCertificate parse(Bytes der) throws AttestationException, MalformedException {
        X509Certificate certificate = Certificates.ofDer(der);
        requireQuickToVerify(certificate);
        return new AttestationCertificate(certificate);
    }

    /** Refuses RSA keys that are so large that a verification would keep the server busy. */
    static void requireQuickToVerify(X509Certificate certificate) throws AttestationException, MalformedException {
        AttestationException.require(!(certificate.getPublicKey() instanceof RSAPublicKey rsa)
                || (rsa.getModulus().bitLength() <= LARGEST_RSA_BITS
                        && rsa.getPublicExponent().bitLength() <= LARGEST_RSA_EXPONENT_BITS));
    }

    /**
     * The certificate is for the new credential's key. Each type of key that is certified this way has one encoding.
     */
    void verifyKey(CredentialPublicKey publicKey) throws AttestationException, MalformedException {
        AttestationException.require(
                Arrays.equals(x509.getPublicKey().getEncoded(), publicKey.key().getEncoded()));
    }

    void verifyVersion() throws AttestationException, MalformedException {
        AttestationException.require(x509.getVersion() == VERSION_3);
    }

    /** "The Basic Constraints extension MUST have the CA component set to false", which is also its default. */
    void verifyNoAuthority() throws AttestationException, MalformedException {
        AttestationException.require(x509.getBasicConstraints() == -1);
    }

    /**
     * If the certificate names an AAGUID, it is the one in the attested credential data.
     *
     * @return whether the certificate names an AAGUID
     */
    boolean verifyAaguid(AttestedCredential credential) throws AttestationException, MalformedException {
        Optional<Der> extension = extension(AAGUID_EXTENSION);
        if (extension.isPresent()) {
            Bytes aaguid = extension.get().require(Der.OCTET_STRING).content();
            AttestationException.require(aaguid.equals(credential.aaguidBytes()));
        }
        return extension.isPresent();
    }

    void verifyAaguidNotCritical() throws AttestationException, MalformedException {
        verifyNotCritical(AAGUID_EXTENSION);
    }

    void verifyNotCritical(String oid) throws AttestationException, MalformedException {
        AttestationException.require(x509.getCriticalExtensionOIDs() == null
                || !x509.getCriticalExtensionOIDs().contains(oid));
    }

    /** The value of an extension, without the OCTET STRING that contains it in every certificate. */
    Optional<Der> extension(String oid) throws AttestationException, MalformedException {
        byte[] wrapped = x509.getExtensionValue(oid);
        if (wrapped == null) {
            return Optional.empty();
        }
        return Optional.of(Der.read(Bytes.of(wrapped)).require(Der.OCTET_STRING).onlyChild());
    }

    Der requireExtension(String oid) throws AttestationException, MalformedException {
        return extension(oid).orElseThrow(AttestationException::new);
    }
}
