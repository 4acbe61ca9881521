package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Json;
import java.util.Optional;

/** The JSON of a {@code PublicKeyCredential}, as far as the answers of both ceremonies share it. */
final class PostedJson {

    /** In characters. Genuine answers are below 10,000; the longest contain the certificates of a TPM. */
    private static final int LARGEST = 64 * 1024;

    private PostedJson() {}

    static ObjectNode credential(String json) throws CeremonyException {
        CeremonyException.require(json.length() <= LARGEST, FailureReason.RESPONSE_TOO_LARGE);
        ObjectNode credential =
                CeremonyException.reading(FailureReason.RESPONSE_UNREADABLE, () -> Json.readObject(json));
        String type = CeremonyException.reading(
                FailureReason.RESPONSE_UNREADABLE, () -> Json.requireText(credential, "type"));
        CeremonyException.require(type.equals("public-key"), FailureReason.RESPONSE_UNREADABLE);
        CeremonyException.require(
                bytes(credential, "id").equals(bytes(credential, "rawId")), FailureReason.RESPONSE_UNREADABLE);
        return credential;
    }

    static JsonNode response(ObjectNode credential) {
        return credential.path("response");
    }

    static Bytes bytes(JsonNode object, String member) throws CeremonyException {
        return CeremonyException.reading(FailureReason.RESPONSE_UNREADABLE, () -> Json.requireBytes(object, member));
    }

    static Optional<Bytes> optionalBytes(JsonNode object, String member) throws CeremonyException {
        return CeremonyException.reading(FailureReason.RESPONSE_UNREADABLE, () -> Json.optionalBytes(object, member));
    }
}
