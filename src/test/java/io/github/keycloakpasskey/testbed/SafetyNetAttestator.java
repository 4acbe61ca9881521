package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;

/** The Android SafetyNet format (section 8.5). */
public final class SafetyNetAttestator extends CertifiedAttestator<SafetyNetAttestator> {

    private Consumer<ObjectNode> payloadChange = payload -> {};

    public SafetyNetAttestator(TestCertificateAuthority authority) {
        super(authority);
    }

    @Override
    SafetyNetAttestator self() {
        return this;
    }

    @Override
    public String format() {
        return "android-safetynet";
    }

    /** Changes what the service signs. */
    public SafetyNetAttestator payload(Consumer<ObjectNode> change) {
        payloadChange = change;
        return this;
    }

    @Override
    Map<Object, Object> members(AttestationRequest request) {
        TestCertificate certificate = issue(new CertificateDraft().subject("C=US,O=Example,CN=attest.android.com"));
        ObjectNode header = Ceremony.JSON.createObjectNode().put("alg", "ES256");
        ArrayNode x5c = header.putArray("x5c");
        certificate.x5c().forEach(der -> x5c.add(Base64.getEncoder().encodeToString(der)));
        ObjectNode payload = Ceremony.JSON
                .createObjectNode()
                .put("nonce", Base64.getEncoder().encodeToString(Ceremony.sha256(request.toBeSigned())))
                .put("timestampMs", Instant.now().toEpochMilli())
                .put("apkPackageName", "com.google.android.gms")
                .put("apkDigestSha256", "AAAA")
                .put("ctsProfileMatch", true)
                .put("basicIntegrity", true);
        payload.putArray("apkCertificateDigestSha256").add("AAAA");
        payloadChange.accept(payload);
        String signed = encode(header) + "." + encode(payload);
        byte[] signature = sign(
                "SHA256withECDSAinP1363Format",
                certificate.keyPair().getPrivate(),
                signed.getBytes(StandardCharsets.US_ASCII));
        String response = signed + "." + Ceremony.base64Url(signature);
        return map("ver", "14799021", "response", response.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encode(ObjectNode json) {
        return Ceremony.base64Url(json.toString().getBytes(StandardCharsets.UTF_8));
    }
}
