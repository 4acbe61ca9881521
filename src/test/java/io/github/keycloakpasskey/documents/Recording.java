package io.github.keycloakpasskey.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A passkey that was made and used once, with all that went to and fro. Its file is an array of two ceremonies with the
 * members that {@code bin/inspect} reads, and beside them those that it ignores.
 *
 * @param at the instant of the recording, in ISO
 * @param with what answered whom
 * @param origin that of the pages
 */
public record Recording(String at, String with, String origin, Exchange registration, Exchange signIn) {

    /** The one that {@code docs/how-passkeys-work.md} shows. */
    public static final Path FILE = Path.of("docs/ceremony.json");

    private static final ObjectMapper JSON = new ObjectMapper();

    public static Recording read(Path file) throws IOException {
        JsonNode ceremonies = JSON.readTree(file.toFile());
        JsonNode registration = ceremonies.path(0);
        return new Recording(
                registration.path("at").asText(),
                registration.path("with").asText(),
                registration.path("origin").asText(),
                Exchange.read(registration),
                Exchange.read(ceremonies.path(1)));
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, text());
    }

    String text() {
        ArrayNode ceremonies = JSON.createArrayNode();
        ceremonies.add(registrationToInspect());
        ceremonies.add(signInToInspect());
        return PrettyJson.of(ceremonies) + "\n";
    }

    String rpId() {
        return signIn.options().path("rpId").asText();
    }

    private ObjectNode registrationToInspect() {
        ObjectNode json = toInspect("registration", "registration", registration);
        json.set("attestationObject", registration.posted().at("/response/attestationObject"));
        ArrayNode algorithms = json.putArray("algorithms");
        registration
                .options()
                .path("pubKeyCredParams")
                .forEach(parameter -> algorithms.add(parameter.path("alg").asInt()));
        return complete(json, registration);
    }

    private ObjectNode signInToInspect() {
        ObjectNode json = toInspect("sign-in", "authentication", signIn);
        json.set("credentialId", signIn.posted().path("id"));
        json.set("authenticatorData", signIn.posted().at("/response/authenticatorData"));
        json.set("signature", signIn.posted().at("/response/signature"));
        json.set("userHandle", signIn.posted().at("/response/userHandle"));
        json.set("publicKeyCose", registration.record().path("publicKey"));
        json.set("storedSignCount", registration.record().path("signCount"));
        json.set("storedBackupEligible", registration.record().path("backupEligible"));
        json.set("expectedUserHandle", registration.record().path("userHandle"));
        return complete(json, signIn);
    }

    private ObjectNode toInspect(String id, String type, Exchange exchange) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", id)
                .put("type", type)
                .put("at", at)
                .put("with", with)
                .put("rpId", rpId())
                .put("origin", origin);
        json.set("challenge", exchange.options().path("challenge"));
        json.set("clientDataJSON", exchange.posted().at("/response/clientDataJSON"));
        return json;
    }

    private static ObjectNode complete(ObjectNode json, Exchange exchange) {
        json.set("options", exchange.options());
        json.set("posted", exchange.posted());
        json.set("stored", exchange.stored());
        return json;
    }
}
