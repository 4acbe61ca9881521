package io.github.keycloakpasskey.webauthn.encoding;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads X.509 certificates. Whether they are valid, and whether anybody trusts them, is not checked. */
public final class Certificates {

    /** RFC 7468 §2, with or without line breaks: some forms of administrators drop them. */
    private static final Pattern PEM_BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----");

    private Certificates() {}

    /**
     * Reads exactly one certificate, as strictly as input from authenticators needs.
     *
     * @throws MalformedException if the bytes are not the DER encoding of one certificate with a public key, or continue
     *     after it
     */
    public static X509Certificate ofDer(Bytes der) throws MalformedException {
        X509Certificate certificate = firstOfDer(der);
        try {
            MalformedException.require(Arrays.equals(certificate.getEncoded(), der.toByteArray()));
            // Some implementations decode the key only on request.
            MalformedException.require(certificate.getPublicKey() != null);
            return certificate;
        } catch (CertificateException | RuntimeException unreadable) {
            throw new MalformedException(unreadable);
        }
    }

    /**
     * Reads one certificate and ignores the bytes after it. For certificates that an administrator or a trusted signer
     * provides.
     *
     * @throws MalformedException if the bytes do not begin with a certificate
     */
    public static X509Certificate firstOfDer(Bytes der) throws MalformedException {
        try {
            return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der.toByteArray()));
        } catch (CertificateException | RuntimeException unreadable) {
            // On hostile input, the Java platform throws unchecked exceptions too.
            throw new MalformedException(unreadable);
        }
    }

    /**
     * Reads the certificates in PEM text (RFC 7468) and ignores the text between them.
     *
     * @return in the order of the text; empty if there are none
     * @throws MalformedException if one of them cannot be read
     */
    public static Set<X509Certificate> ofPem(String text) throws MalformedException {
        Set<X509Certificate> certificates = new LinkedHashSet<>();
        Matcher block = PEM_BLOCK.matcher(text);
        while (block.find()) {
            certificates.add(ofMimeBase64(block.group(1)));
        }
        return certificates;
    }

    /**
     * Reads one certificate in base64 with line breaks (RFC 2045 §6.8), and ignores the bytes after it.
     *
     * @throws MalformedException if the text is not that
     */
    public static X509Certificate ofMimeBase64(String base64) throws MalformedException {
        try {
            return firstOfDer(Bytes.of(Base64.getMimeDecoder().decode(base64)));
        } catch (IllegalArgumentException notBase64) {
            throw new MalformedException(notBase64);
        }
    }

    /**
     * Reads the certificates of a file: PEM, DER or PKCS #7.
     *
     * @return empty if the file is
     * @throws MalformedException if the file cannot be read, or contains anything else
     */
    public static Set<X509Certificate> ofFile(InputStream file) throws MalformedException {
        Set<X509Certificate> certificates = new LinkedHashSet<>();
        try {
            factory().generateCertificates(file).forEach(each -> certificates.add((X509Certificate) each));
        } catch (CertificateException unreadable) {
            throw new MalformedException(unreadable);
        }
        return certificates;
    }

    private static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
