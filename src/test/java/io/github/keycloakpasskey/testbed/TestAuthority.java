package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates: a root, or an authority below another one. */
public final class TestAuthority {

    private static final AtomicLong SERIAL = new AtomicLong();

    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;

    private TestAuthority(String name, Optional<TestAuthority> parent) {
        X500Principal subject = new X500Principal("CN=" + name);
        TestAuthority issuer = parent.orElse(this);
        Instant now = Instant.now();
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            parent.map(above -> above.certificate.getSubjectX500Principal())
                                    .orElse(subject),
                            BigInteger.valueOf(SERIAL.incrementAndGet()),
                            Date.from(now.minus(Duration.ofDays(3650))),
                            Date.from(now.plus(Duration.ofDays(3650))),
                            subject,
                            keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            certificate = issuer.sign(builder);
        } catch (CertIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TestAuthority root(String name) {
        return new TestAuthority(name, Optional.empty());
    }

    /** An authority whose certificate is from this one. */
    public TestAuthority below(String name) {
        return new TestAuthority(name, Optional.of(this));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** Writes the certificate as a PEM file. */
    public Path writePem(Path file) {
        try {
            return Files.writeString(file, Pem.of(certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Certifies a key for a host.
     *
     * @param revocations where the authority publishes what it has revoked, if it does
     */
    public X509Certificate certify(String host, PublicKey key, Instant from, Instant until, Optional<URI> revocations) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            certificate.getSubjectX500Principal(),
                            BigInteger.valueOf(SERIAL.incrementAndGet()),
                            Date.from(from),
                            Date.from(until),
                            new X500Principal("CN=" + host),
                            key)
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
            if (revocations.isPresent()) {
                GeneralName list = new GeneralName(
                        GeneralName.uniformResourceIdentifier, revocations.get().toString());
                builder.addExtension(Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
                    new DistributionPoint(new DistributionPointName(new GeneralNames(list)), null, null)
                }));
            }
            return sign(builder);
        } catch (CertIOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A list of revoked certificates with one on it, in DER. */
    public byte[] revoking(X509Certificate revoked) {
        Instant now = Instant.now();
        try {
            return new JcaX509v2CRLBuilder(
                            certificate.getSubjectX500Principal(), Date.from(now.minus(Duration.ofDays(1))))
                    .setNextUpdate(Date.from(now.plus(Duration.ofDays(1))))
                    .addCRLEntry(
                            revoked.getSerialNumber(),
                            Date.from(now.minus(Duration.ofHours(1))),
                            CRLReason.keyCompromise)
                    .build(signer())
                    .getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private X509Certificate sign(X509v3CertificateBuilder builder) {
        try {
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ContentSigner signer() {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
