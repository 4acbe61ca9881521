package io.github.keycloakpasskey.testbed;

import java.util.Map;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

/** Apple's anonymous format (section 8.8). */
public final class AppleAttestator extends CertifiedAttestator<AppleAttestator> {

    /** Holds the nonce. */
    public static final String NONCE_EXTENSION = "1.2.840.113635.100.8.2";

    public AppleAttestator(TestCertificateAuthority authority) {
        super(authority);
    }

    @Override
    AppleAttestator self() {
        return this;
    }

    @Override
    public String format() {
        return "apple";
    }

    @Override
    Map<Object, Object> members(AttestationRequest request) {
        DEROctetString nonce = new DEROctetString(Ceremony.sha256(request.toBeSigned()));
        TestCertificate certificate = issue(new CertificateDraft()
                .subject("CN=Example credential")
                .keyPair(request.passkey().keyPair())
                .extension(NONCE_EXTENSION, false, new DERSequence(new DERTaggedObject(true, 1, nonce))));
        return map("x5c", certificate.x5c());
    }
}
