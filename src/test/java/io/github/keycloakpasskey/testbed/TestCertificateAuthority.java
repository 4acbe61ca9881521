package io.github.keycloakpasskey.testbed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of an authenticator's vendor, or one below it. */
public final class TestCertificateAuthority {

    private static final AtomicLong SERIAL_NUMBERS = new AtomicLong(1);

    private final KeyPair keyPair;
    private final String name;
    private final X509Certificate certificate;
    private final List<X509Certificate> pathBelowRoot;

    private TestCertificateAuthority(
            KeyPair keyPair, String name, X509Certificate certificate, List<X509Certificate> pathBelowRoot) {
        this.keyPair = keyPair;
        this.name = name;
        this.certificate = certificate;
        this.pathBelowRoot = pathBelowRoot;
    }

    /** An authority that nobody vouches for. */
    public static TestCertificateAuthority root(String commonName) {
        CertificateDraft draft = authorityDraft(commonName);
        X509Certificate own = sign(draft, draft.subject(), draft.keyPair().getPrivate());
        return new TestCertificateAuthority(draft.keyPair(), draft.subject(), own, List.of());
    }

    /** An authority that this one vouches for; what it issues carries its certificate along. */
    public TestCertificateAuthority intermediate(String commonName) {
        TestCertificate issued = issue(authorityDraft(commonName));
        return new TestCertificateAuthority(
                issued.keyPair(), "C=SE,O=Example,CN=" + commonName, issued.certificate(), issued.path());
    }

    private static CertificateDraft authorityDraft(String commonName) {
        return new CertificateDraft().subject("C=SE,O=Example,CN=" + commonName).authority(true);
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public TestCertificate issue(CertificateDraft draft) {
        List<X509Certificate> path = new ArrayList<>();
        path.add(sign(draft, name, keyPair.getPrivate()));
        path.addAll(pathBelowRoot);
        return new TestCertificate(draft.keyPair(), path);
    }

    private static X509Certificate sign(CertificateDraft draft, String issuer, PrivateKey key) {
        try {
            ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            byte[] der = build(draft, new X500Name(issuer), signer).getEncoded();
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509CertificateHolder build(CertificateDraft draft, X500Name issuer, ContentSigner signer)
            throws IOException {
        BigInteger serialNumber = BigInteger.valueOf(SERIAL_NUMBERS.getAndIncrement());
        Date notBefore = Date.from(draft.notBefore());
        Date notAfter = Date.from(draft.notAfter());
        X500Name subject = new X500Name(draft.subject());
        SubjectPublicKeyInfo key =
                SubjectPublicKeyInfo.getInstance(draft.keyPair().getPublic().getEncoded());
        if (!draft.isVersion3()) {
            return new X509v1CertificateBuilder(issuer, serialNumber, notBefore, notAfter, subject, key).build(signer);
        }
        X509v3CertificateBuilder builder =
                new X509v3CertificateBuilder(issuer, serialNumber, notBefore, notAfter, subject, key);
        for (Extension extension : draft.extensions()) {
            builder.addExtension(extension);
        }
        return builder.build(signer);
    }
}
