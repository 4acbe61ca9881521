package io.github.keycloakpasskey.testbed;

import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate with its key, and the path that leads to it.
 *
 * @param path the certificate itself, then those above it without the root
 */
public record TestCertificate(KeyPair keyPair, List<X509Certificate> path) {

    public TestCertificate {
        path = List.copyOf(path);
    }

    public X509Certificate certificate() {
        return path.get(0);
    }

    /** The path as attestation statements carry it. */
    List<byte[]> x5c() {
        return path.stream().map(TestCertificate::der).toList();
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
