package io.github.keycloakpasskey.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code bin/inspect}, which explains why a passkey was refused. */
class InspectTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORIGIN = "https://login.example.org";
    private static final String CHALLENGE = "AAECAwQFBgcICQoLDA0ODw";

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void inspectPrintsOneVerdictPerLineAndCountsThem() throws IOException {
        String file = file(
                registration("good", recording -> {}),
                registration("elsewhere", recording -> recording.put("origin", "https://example.com")),
                registration(
                        "offered", recording -> recording.putArray("algorithms").add(-257)),
                registration("half", recording -> recording.remove("attestationObject")));

        assertThat(run(file)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        good valid
                        elsewhere invalid origin-not-allowed
                        offered invalid algorithm-not-offered
                        half invalid recording-unusable: attestationObject is missing
                        1 valid, 3 invalid
                        """);
    }

    @Test
    void anIdCannotForgeAVerdict() throws IOException {
        String file = file(registration("a\nfake valid\u2028b", recording -> recording.put("origin", "x")));

        assertThat(run(file)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        a\uFFFDfake valid\uFFFDb invalid origin-not-allowed
                        0 valid, 1 invalid
                        """);
    }

    @Test
    void theExplainOptionAddsASentenceToEachInvalidVerdict() throws IOException {
        String file = file(
                registration("good", recording -> {}),
                registration("elsewhere", recording -> recording.put("origin", "https://example.com")));

        assertThat(run("--explain", file)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        good valid
                        elsewhere invalid origin-not-allowed
                            The page that called the authenticator has an origin that is not allowed.
                        1 valid, 1 invalid
                        """);
    }

    @Test
    void aSignInIsJudgedByTheStoredValues() throws IOException {
        String file = file(
                authentication("good", recording -> {}),
                authentication("counted", recording -> recording.put("storedSignCount", 1)),
                authentication("synced", recording -> recording.put("storedBackupEligible", true)),
                authentication("someone", recording -> recording.put("expectedUserHandle", "AAAA")),
                authentication(
                        "not-asked",
                        recording -> recording.putArray("allowCredentials").add("AAAA")),
                authentication("short", recording -> recording.put("challenge", "")));

        assertThat(run(file)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        good valid
                        counted invalid sign-count-not-increased
                        synced invalid backup-eligibility-changed
                        someone invalid user-handle-mismatch
                        not-asked invalid credential-not-allowed
                        short invalid recording-unusable: challenge: a challenge is not empty
                        1 valid, 5 invalid
                        """);
    }

    @Test
    void anUnusableRecordingIsReportedWithTheReason() throws IOException {
        String file = file(
                registration("type", recording -> recording.put("type", "login")),
                registration("at", recording -> recording.put("at", "yesterday")),
                registration(
                        "anchor",
                        recording -> recording.putArray("trustAnchors").add("AAAA")),
                registration(
                        "none", recording -> recording.putArray("algorithms").add(1)),
                registration("base64", recording -> recording.put("clientDataJSON", "*")));

        run(file);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "type invalid recording-unusable: type is \"login\"",
                        "at invalid recording-unusable: at is no ISO instant",
                        "anchor invalid recording-unusable: trustAnchors has something that is no certificate",
                        "none invalid recording-unusable: algorithms has none that can be verified",
                        "base64 invalid recording-unusable: clientDataJSON is not base64url",
                        "0 valid, 5 invalid");
    }

    @Test
    void anUnusableFileIsReportedWithTheReason() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(run(directory.resolve("missing.json").toString())).isEqualTo(2);
        assertThat(run(Files.writeString(directory.resolve("object.json"), "{}").toString()))
                .isEqualTo(2);
        assertThat(run(Files.writeString(directory.resolve("text.json"), "hello")
                        .toString()))
                .isEqualTo(2);
        assertThat(run(directory.toString())).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(5)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("usage: bin/inspect [--explain] FILE"),
                        line -> assertThat(line).endsWith("missing.json: no such file"),
                        line -> assertThat(line).endsWith("object.json: not a JSON array of ceremonies"),
                        line -> assertThat(line).contains("text.json: not JSON: "),
                        line -> assertThat(line).contains(": cannot be read: "));
    }

    private int run(String... arguments) {
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new Inspect(printed, new PrintStream(err, true, StandardCharsets.UTF_8)).run(arguments);
    }

    private String file(ObjectNode... recordings) throws IOException {
        Path file = directory.resolve("ceremonies.json");
        return Files.writeString(
                        file, JSON.createArrayNode().addAll(List.of(recordings)).toString())
                .toString();
    }

    private ObjectNode registration(String id, Consumer<ObjectNode> change) throws IOException {
        JsonNode answer = register();
        ObjectNode recording = recording(id, "registration");
        recording.set("clientDataJSON", answer.at("/response/clientDataJSON"));
        recording.set("attestationObject", answer.at("/response/attestationObject"));
        change.accept(recording);
        return recording;
    }

    private JsonNode register() throws IOException {
        String options =
                "{\"challenge\":\"" + CHALLENGE + "\",\"rp\":{\"id\":\"example.org\"},\"user\":{\"id\":\"AQ\"},"
                        + "\"pubKeyCredParams\":[{\"type\":\"public-key\",\"alg\":-7}]}";
        return JSON.readTree(authenticator.register(options, ORIGIN).json());
    }

    private ObjectNode authentication(String id, Consumer<ObjectNode> change) throws IOException {
        byte[] authenticatorData = Base64.getUrlDecoder()
                .decode(register().at("/response/authenticatorData").asText());
        String options = "{\"challenge\":\"" + CHALLENGE + "\",\"rpId\":\"example.org\"}";
        JsonNode answer = JSON.readTree(authenticator
                .authenticate(options, ORIGIN)
                .with(authenticator.newest())
                .json());
        ObjectNode recording = recording(id, "authentication");
        recording.set("credentialId", answer.path("id"));
        recording.set("clientDataJSON", answer.at("/response/clientDataJSON"));
        recording.set("authenticatorData", answer.at("/response/authenticatorData"));
        recording.set("signature", answer.at("/response/signature"));
        recording.set("userHandle", answer.at("/response/userHandle"));
        recording.put("publicKeyCose", publicKey(authenticatorData));
        change.accept(recording);
        return recording;
    }

    /** The COSE key follows the header (37 bytes), the AAGUID (16), the length (2) and the credential id (32). */
    private static String publicKey(byte[] authenticatorData) {
        byte[] key = Arrays.copyOfRange(authenticatorData, 37 + 16 + 2 + 32, authenticatorData.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    private static ObjectNode recording(String id, String type) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("type", type)
                .put("rpId", "example.org")
                .put("origin", ORIGIN)
                .put("challenge", CHALLENGE);
    }
}
