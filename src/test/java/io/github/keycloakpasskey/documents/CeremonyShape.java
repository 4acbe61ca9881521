package io.github.keycloakpasskey.documents;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.io.IOException;
import java.util.List;

/**
 * What of a recording is the same whenever it is made: the members in their order, and all values but those that are
 * random, which are replaced by their kind.
 */
public final class CeremonyShape {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Those of WebAuthn (§5.8.1). Browsers may add others; Chromium does at random, so that nobody counts on their lack. */
    private static final List<String> CLIENT_DATA = List.of("type", "challenge", "origin", "crossOrigin", "topOrigin");

    private final Recording recording;

    private CeremonyShape(Recording recording) {
        this.recording = recording;
    }

    public static String of(Recording recording) throws IOException {
        CeremonyShape shape = new CeremonyShape(recording);
        ObjectNode both = JSON.createObjectNode();
        both.set("registration", shape.registration());
        both.set("signIn", shape.signIn());
        return PrettyJson.of(both);
    }

    private ObjectNode registration() throws IOException {
        ObjectNode json = common(recording.registration());
        replace(json, "/options/user/id", size(json.at("/options/user/id")));
        replace(json, "/options/user/name", "a name");
        replace(json, "/posted/response/publicKey", size(json.at("/posted/response/publicKey")));
        CborTable attestation = new CborTable(recording.registration().posted("/response/attestationObject"));
        replace(json, "/posted/response/attestationObject", attestation.diagnostic());
        return json;
    }

    private ObjectNode signIn() throws IOException {
        ObjectNode json = common(recording.signIn());
        replace(json, "/posted/response/userHandle", size(json.at("/posted/response/userHandle")));
        SignatureTable signature = new SignatureTable(recording.signIn().posted("/response/signature"));
        boolean isInItsField = signature.r().signum() > 0 && signature.s().signum() > 0;
        replace(json, "/posted/response/signature", isInItsField ? "two numbers" : "something else");
        replace(json, "/stored/credentialData/lastUsed", "an instant");
        return json;
    }

    private ObjectNode common(Exchange exchange) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.set("options", exchange.options().deepCopy());
        json.set("posted", exchange.posted().deepCopy());
        json.set("stored", exchange.stored().deepCopy());
        replace(json, "/options/challenge", size(json.at("/options/challenge")));
        replace(json, "/posted/id", size(json.at("/posted/id")));
        replace(json, "/posted/rawId", size(json.at("/posted/rawId")));
        replace(json, "/posted/response/clientDataJSON", clientData(exchange));
        replace(json, "/posted/response/authenticatorData", authenticatorData(exchange));
        List.of("realm", "user", "row").forEach(id -> replace(json, "/stored/" + id, "an id"));
        List.of("credentialId", "publicKey", "userHandle").forEach(member -> {
            String pointer = "/stored/credentialData/" + member;
            replace(json, pointer, size(json.at(pointer)));
        });
        replace(json, "/stored/credentialData/lastVerified", "an instant");
        return json;
    }

    private String clientData(Exchange exchange) throws IOException {
        ObjectNode json = (ObjectNode) JSON.readTree(exchange.clientDataJson().toByteArray());
        json.retain(CLIENT_DATA);
        json.put("challenge", size(json.path("challenge")));
        json.put("origin", json.path("origin").asText().replace(recording.origin(), "the page's"));
        return json.toString();
    }

    private String authenticatorData(Exchange exchange) {
        AuthenticatorDataTable data = new AuthenticatorDataTable(exchange.authenticatorData(), recording.rpId());
        String head = "flags %02x, counter %d".formatted(data.flags(), data.signCount());
        return data.publicKey().size() == 0
                ? head
                : "%s, AAGUID %s, credential id of %d bytes, key %s"
                        .formatted(
                                head,
                                data.aaguid(),
                                data.credentialId().size(),
                                new CborTable(data.publicKey()).diagnostic());
    }

    private static String size(JsonNode base64Url) {
        return Bytes.ofBase64Url(base64Url.asText()).size() + " bytes";
    }

    /** Nothing is put where nothing was. */
    private static void replace(ObjectNode json, String pointer, String kind) {
        JsonPointer place = JsonPointer.compile(pointer);
        if (!json.at(place).isMissingNode()) {
            ((ObjectNode) json.at(place.head())).put(place.last().getMatchingProperty(), kind);
        }
    }
}
