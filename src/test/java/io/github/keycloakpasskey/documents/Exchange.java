package io.github.keycloakpasskey.documents;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;

/**
 * One ceremony as it was seen from outside of the server.
 *
 * @param options what the page had in {@code data-options}
 * @param posted what the page posted as {@code passkeyResponse}
 * @param stored what the server had stored when it was over
 */
public record Exchange(JsonNode options, JsonNode posted, JsonNode stored) {

    static Exchange read(JsonNode recorded) {
        return new Exchange(recorded.path("options"), recorded.path("posted"), recorded.path("stored"));
    }

    /** A member of what was posted, such as {@code /response/signature}. */
    Bytes posted(String pointer) {
        return bytes(posted, pointer);
    }

    Bytes challenge() {
        return bytes(options, "/challenge");
    }

    Bytes clientDataJson() {
        return posted("/response/clientDataJSON");
    }

    Bytes authenticatorData() {
        return posted("/response/authenticatorData");
    }

    /** The passkey's document. */
    JsonNode record() {
        return stored.path("credentialData");
    }

    static Bytes bytes(JsonNode json, String pointer) {
        JsonNode text = json.at(pointer);
        if (!text.isTextual()) {
            throw new IllegalArgumentException("no " + pointer + " in " + json);
        }
        return Bytes.ofBase64Url(text.textValue());
    }
}
