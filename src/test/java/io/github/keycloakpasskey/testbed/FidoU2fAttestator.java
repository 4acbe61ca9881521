package io.github.keycloakpasskey.testbed;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;

/** The FIDO U2F format (section 8.6), for keys of ES256. */
public final class FidoU2fAttestator extends CertifiedAttestator<FidoU2fAttestator> {

    public FidoU2fAttestator(TestCertificateAuthority authority) {
        super(authority);
    }

    @Override
    FidoU2fAttestator self() {
        return this;
    }

    @Override
    public String format() {
        return "fido-u2f";
    }

    @Override
    Map<Object, Object> members(AttestationRequest request) {
        TestCertificate certificate = issue(new CertificateDraft().subject("CN=Example U2F"));
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.write(0);
        signed.writeBytes(Arrays.copyOf(request.authenticatorData(), 32));
        signed.writeBytes(request.clientDataHash());
        signed.writeBytes(request.passkey().credentialId());
        Map<Object, Object> key =
                Algorithm.ES256.coseKey(request.passkey().keyPair().getPublic());
        signed.write(4);
        signed.writeBytes((byte[]) key.get(-2));
        signed.writeBytes((byte[]) key.get(-3));
        byte[] signature = sign("SHA256withECDSA", certificate.keyPair().getPrivate(), signed.toByteArray());
        return map("sig", signature, "x5c", certificate.x5c());
    }
}
