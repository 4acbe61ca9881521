package io.github.keycloakpasskey.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.testbed.Algorithm;
import io.github.keycloakpasskey.testbed.RegistrationCeremony.Attestation;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.SoftwarePasskey;
import io.github.keycloakpasskey.testbed.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Ceremonies with expected verdicts: recorded ones from {@link Vectors}, if present, and generated ones from the
 * software authenticator.
 */
class RecordedVectorsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORIGIN = "https://login.example.org";
    private static final String CHALLENGE = "AAECAwQFBgcICQoLDA0ODw";

    @TestFactory
    Stream<DynamicTest> everyRecordedCeremonyGetsItsExpectedVerdict() {
        return Vectors.of("real.json").stream()
                .map(recording -> dynamicTest(recording.path("id").asText(), () -> assertVerdict(recording)));
    }

    @TestFactory
    Stream<DynamicTest> aCeremonyWithATooNewAlgorithmIsValidOrReportedAsNotOffered() {
        return Vectors.of("beyond.json").stream()
                .map(recording -> dynamicTest(recording.path("id").asText(), () -> assertThat(
                                RecordedCeremony.judge(recording).verdict())
                        .as(recording.path("alg").asText())
                        .matches("valid|invalid algorithm-not-offered")));
    }

    @TestFactory
    Stream<DynamicTest> everySoftwareAuthenticatorCeremonyGetsItsExpectedVerdict() throws JsonProcessingException {
        List<JsonNode> recordings = new ArrayList<>();
        for (Algorithm algorithm : Algorithm.values()) {
            for (Attestation attestation : Attestation.values()) {
                boolean holds = attestation != Attestation.PACKED_SELF_WRONG_SIGNATURE;
                recordings.add(registration(algorithm, attestation).put("expected", holds ? "valid" : "invalid"));
            }
            recordings.add(
                    authentication(algorithm, "right", signature -> signature).put("expected", "valid"));
            recordings.add(authentication(algorithm, "changed", RecordedVectorsTest::changed)
                    .put("expected", "invalid"));
        }
        return recordings.stream()
                .map(recording -> dynamicTest(recording.path("id").asText(), () -> assertVerdict(recording)));
    }

    @Test
    void aWrongVerdictFailsTheTest() throws JsonProcessingException {
        JsonNode recording = registration(Algorithm.ES256, Attestation.NONE)
                .put("expected", "invalid")
                .put("why", "it is not");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> assertVerdict(recording))
                .withMessageContaining("it is not");
    }

    private static void assertVerdict(JsonNode recording) {
        String verdict = RecordedCeremony.judge(recording).verdict();
        assertThat(verdict.split(" ", 2)[0])
                .as("%s, as %s", verdict, recording.path("why").asText("it holds"))
                .isEqualTo(recording.path("expected").asText());
        assertThat(verdict).doesNotContain("recording-unusable");
    }

    private static ObjectNode registration(Algorithm algorithm, Attestation attestation)
            throws JsonProcessingException {
        JsonNode answer = register(new SoftwareAuthenticator(), algorithm, attestation);
        return recording("registration", algorithm + "-" + attestation, answer)
                .put(
                        "attestationObject",
                        answer.at("/response/attestationObject").asText());
    }

    private static ObjectNode authentication(Algorithm algorithm, String name, UnaryOperator<byte[]> signatureChange)
            throws JsonProcessingException {
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator();
        JsonNode registered = register(authenticator, algorithm, Attestation.NONE);
        JsonNode answer = JSON.readTree(authenticator
                .authenticate("{\"challenge\":\"" + CHALLENGE + "\",\"rpId\":\"example.org\"}", ORIGIN)
                .with(authenticator.newest())
                .signature(signatureChange)
                .json());
        return recording("authentication", algorithm + "-" + name, answer)
                .put("credentialId", answer.path("id").asText())
                .put(
                        "authenticatorData",
                        answer.at("/response/authenticatorData").asText())
                .put("signature", answer.at("/response/signature").asText())
                .put("publicKeyCose", publicKey(registered, authenticator.newest()));
    }

    private static JsonNode register(SoftwareAuthenticator authenticator, Algorithm algorithm, Attestation attestation)
            throws JsonProcessingException {
        String options =
                "{\"challenge\":\"" + CHALLENGE + "\",\"rp\":{\"id\":\"example.org\"},\"user\":{\"id\":\"AQ\"},"
                        + "\"pubKeyCredParams\":[{\"type\":\"public-key\",\"alg\":" + algorithm.cose() + "}]}";
        return JSON.readTree(
                authenticator.register(options, ORIGIN).attestation(attestation).json());
    }

    private static ObjectNode recording(String type, String name, JsonNode answer) {
        return JSON.createObjectNode()
                .put("id", type + "-" + name)
                .put("type", type)
                .put("rpId", "example.org")
                .put("origin", ORIGIN)
                .put("challenge", CHALLENGE)
                .put("clientDataJSON", answer.at("/response/clientDataJSON").asText());
    }

    /** The COSE key follows the header (37 bytes), the AAGUID (16), the length (2) and the credential id. */
    private static String publicKey(JsonNode registered, SoftwarePasskey passkey) {
        byte[] data = Base64.getUrlDecoder()
                .decode(registered.at("/response/authenticatorData").asText());
        int position = 37 + 16 + 2 + passkey.credentialId().length;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOfRange(data, position, data.length));
    }

    private static byte[] changed(byte[] signature) {
        byte[] changed = signature.clone();
        changed[changed.length - 1] ^= 1;
        return changed;
    }
}
