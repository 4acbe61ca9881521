package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;

/** A certificate before it is signed; a test changes what it wants to be wrong. */
public final class CertificateDraft {

    private final Map<String, Extension> extensions = new LinkedHashMap<>();
    private KeyPair keyPair = Algorithm.ES256.newKeyPair();
    private String subject = "";
    private boolean version3 = true;
    private Instant notBefore = Instant.now().minus(Duration.ofDays(1));
    private Instant notAfter = Instant.now().plus(Duration.ofDays(365));

    CertificateDraft() {}

    /** An LDAP name, such as {@code C=SE,O=Example}. */
    public CertificateDraft subject(String name) {
        subject = name;
        return this;
    }

    public CertificateDraft keyPair(KeyPair chosen) {
        keyPair = chosen;
        return this;
    }

    /** A certificate of version 1, which has no extensions. */
    public CertificateDraft version1() {
        version3 = false;
        return this;
    }

    public CertificateDraft valid(Instant from, Instant to) {
        notBefore = from;
        notAfter = to;
        return this;
    }

    /** The Basic Constraints extension. */
    public CertificateDraft authority(boolean isAuthority) {
        return extension(
                Extension.basicConstraints.getId(),
                true,
                isAuthority ? new BasicConstraints(true) : new BasicConstraints(false));
    }

    /** Adds an extension, or replaces it. */
    public CertificateDraft extension(String oid, boolean critical, ASN1Encodable value) {
        try {
            return extension(oid, critical, value.toASN1Primitive().getEncoded("DER"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds an extension with any bytes as its value, or replaces it. */
    public CertificateDraft extension(String oid, boolean critical, byte[] value) {
        extensions.put(oid, new Extension(new ASN1ObjectIdentifier(oid), critical, value));
        return this;
    }

    public CertificateDraft without(String oid) {
        extensions.remove(oid);
        return this;
    }

    KeyPair keyPair() {
        return keyPair;
    }

    String subject() {
        return subject;
    }

    boolean isVersion3() {
        return version3;
    }

    Instant notBefore() {
        return notBefore;
    }

    Instant notAfter() {
        return notAfter;
    }

    Iterable<Extension> extensions() {
        return extensions.values();
    }
}
