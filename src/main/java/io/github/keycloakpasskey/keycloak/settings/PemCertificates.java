package io.github.keycloakpasskey.keycloak.settings;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The certificates of PEM files (RFC 7468). Text between the certificates is ignored. */
record PemCertificates(Set<X509Certificate> certificates) {

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

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
        Set<X509Certificate> certificates = new LinkedHashSet<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            certificates.add(certificate(block.group(1)));
        }
        if (certificates.isEmpty() && !text.isEmpty()) {
            throw new IllegalArgumentException("there is no “-----BEGIN CERTIFICATE-----” in it");
        }
        return new PemCertificates(certificates);
    }

    private static X509Certificate certificate(String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("one of the certificates cannot be read", unreadable);
        }
    }
}
