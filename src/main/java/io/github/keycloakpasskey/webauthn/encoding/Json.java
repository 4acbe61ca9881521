package io.github.keycloakpasskey.webauthn.encoding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Reads the JSON of WebAuthn: objects of a few levels, with strings and base64url. */
public final class Json {

    private static final int DEEPEST_NESTING = 16;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST_NESTING)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private Json() {}

    /**
     * Reads one JSON object, with nothing after it.
     *
     * @throws MalformedException if the text is anything else, names a member twice, or nests more than 16 levels
     */
    public static ObjectNode readObject(String text) throws MalformedException {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException notJson) {
            throw new MalformedException(notJson);
        }
        throw new MalformedException();
    }

    /**
     * The text of a member.
     *
     * @throws MalformedException if the member is missing or not a string
     */
    public static String requireText(JsonNode object, String member) throws MalformedException {
        JsonNode value = object.path(member);
        MalformedException.require(value.isTextual());
        return value.textValue();
    }

    /**
     * The bytes of a member, in base64url or standard base64.
     *
     * @throws MalformedException if the member is missing or in neither encoding
     */
    public static Bytes requireBytes(JsonNode object, String member) throws MalformedException {
        String text = requireText(object, member);
        try {
            return Bytes.ofBase64(text);
        } catch (IllegalArgumentException notBase64) {
            throw new MalformedException(notBase64);
        }
    }

    /**
     * The bytes of a member; empty if the member is missing or null.
     *
     * @throws MalformedException if the member has another value than base64url or standard base64
     */
    public static Optional<Bytes> optionalBytes(JsonNode object, String member) throws MalformedException {
        JsonNode value = object.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        return Optional.of(requireBytes(object, member));
    }
}
