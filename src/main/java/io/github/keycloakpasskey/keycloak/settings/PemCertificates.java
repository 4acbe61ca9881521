package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.webauthn.encoding.Certificates;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.security.cert.X509Certificate;
import java.util.Set;

/** The certificates of PEM files (RFC 7468). Text between the certificates is ignored. */
record PemCertificates(Set<X509Certificate> certificates) {

    static final PemCertificates NONE = new PemCertificates(Set.of());

    PemCertificates {
        certificates = Set.copyOf(certificates);
    }

    /**
     * Reads the text of one or more files. An empty text has no certificates.
     *
     * @throws IllegalArgumentException if another text has no certificate, or one that cannot be read
     */
    static PemCertificates parse(String text) {
        Set<X509Certificate> certificates = read(text);
        if (certificates.isEmpty() && !text.isEmpty()) {
            throw new IllegalArgumentException("there is no “-----BEGIN CERTIFICATE-----” in it");
        }
        return new PemCertificates(certificates);
    }

    private static Set<X509Certificate> read(String text) {
        try {
            return Certificates.ofPem(text);
        } catch (MalformedException unreadable) {
            throw new IllegalArgumentException("one of the certificates cannot be read", unreadable);
        }
    }
}
