package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;

/** What both ceremonies' answers have in common: the JSON of a {@code PublicKeyCredential}. */
final class PostedJson {

    /** In characters. Real answers are below 10,000; a TPM's certificates make the largest ones. */
    private static final int LARGEST = 64 * 1024;

    private PostedJson() {}

    static ObjectNode credential(String json) throws CeremonyException {
        CeremonyException.require(json.length() <= LARGEST, FailureReason.RESPONSE_TOO_LARGE);
        ObjectNode credential = Json.readObject(json, FailureReason.RESPONSE_UNREADABLE);
        String type = Json.requireText(credential, "type", FailureReason.RESPONSE_UNREADABLE);
        CeremonyException.require(type.equals("public-key"), FailureReason.RESPONSE_UNREADABLE);
        CeremonyException.require(
                bytes(credential, "id").equals(bytes(credential, "rawId")), FailureReason.RESPONSE_UNREADABLE);
        return credential;
    }

    static JsonNode response(ObjectNode credential) {
        return credential.path("response");
    }

    static Bytes bytes(JsonNode object, String member) throws CeremonyException {
        return Json.requireBytes(object, member, FailureReason.RESPONSE_UNREADABLE);
    }
}
