package io.github.keycloakpasskey.testbed;

import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;

/** The Android key format (section 8.4). */
public final class AndroidKeyAttestator extends CertifiedAttestator<AndroidKeyAttestator> {

    /** Holds the description of the key. */
    public static final String KEY_DESCRIPTION_EXTENSION = "1.3.6.1.4.1.11129.2.1.17";

    private ASN1Encodable[] software = {};
    private ASN1Encodable[] trustedEnvironment = {purpose(2), origin(0)};

    public AndroidKeyAttestator(TestCertificateAuthority authority) {
        super(authority);
    }

    @Override
    AndroidKeyAttestator self() {
        return this;
    }

    @Override
    public String format() {
        return "android-key";
    }

    /** What the device's system software enforces. */
    public AndroidKeyAttestator software(ASN1Encodable... entries) {
        software = entries.clone();
        return this;
    }

    /** What its trusted execution environment enforces. */
    public AndroidKeyAttestator trustedEnvironment(ASN1Encodable... entries) {
        trustedEnvironment = entries.clone();
        return this;
    }

    /** What the key is for: 2 is to sign. */
    public static ASN1Encodable purpose(int purpose) {
        return new DERTaggedObject(true, 1, new DERSet(new ASN1Integer(purpose)));
    }

    /** Where the key comes from: 0 is that it was generated there. */
    public static ASN1Encodable origin(int origin) {
        return new DERTaggedObject(true, 702, new ASN1Integer(origin));
    }

    /** That every app may use the key. */
    public static ASN1Encodable allApplications() {
        return new DERTaggedObject(true, 600, DERNull.INSTANCE);
    }

    @Override
    Map<Object, Object> members(AttestationRequest request) {
        DERSequence description = new DERSequence(new ASN1Encodable[] {
            new ASN1Integer(3),
            new ASN1Enumerated(1),
            new ASN1Integer(4),
            new ASN1Enumerated(1),
            new DEROctetString(request.clientDataHash()),
            new DEROctetString(new byte[0]),
            new DERSequence(software),
            new DERSequence(trustedEnvironment)
        });
        TestCertificate certificate = issue(new CertificateDraft()
                .subject("CN=Android Keystore Key")
                .keyPair(request.passkey().keyPair())
                .extension(KEY_DESCRIPTION_EXTENSION, false, description));
        Algorithm algorithm = request.passkey().algorithm();
        byte[] signature = algorithm.sign(request.passkey().keyPair().getPrivate(), request.toBeSigned());
        return map("alg", algorithm.cose(), "sig", signature, "x5c", certificate.x5c());
    }
}
