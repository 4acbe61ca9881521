package io.github.keycloakpasskey.testbed;

import java.util.Map;
import org.bouncycastle.asn1.DEROctetString;

/** The packed format with a certificate (section 8.2). */
public final class PackedAttestator extends CertifiedAttestator<PackedAttestator> {

    public PackedAttestator(TestCertificateAuthority authority) {
        super(authority);
    }

    @Override
    PackedAttestator self() {
        return this;
    }

    @Override
    public String format() {
        return "packed";
    }

    @Override
    Map<Object, Object> members(AttestationRequest request) {
        TestCertificate certificate = issue(new CertificateDraft()
                .subject("C=SE,O=Example,OU=Authenticator Attestation,CN=Example Authenticator")
                .authority(false)
                .extension(AAGUID_EXTENSION, false, new DEROctetString(request.aaguidBytes())));
        byte[] signature = sign("SHA256withECDSA", certificate.keyPair().getPrivate(), request.toBeSigned());
        return map("alg", Algorithm.ES256.cose(), "sig", signature, "x5c", certificate.x5c());
    }
}
