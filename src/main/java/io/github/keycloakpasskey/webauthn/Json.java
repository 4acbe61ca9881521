package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.List;
import java.util.Optional;

/** The JSON of WebAuthn: objects of strings, base64url and few levels. */
final class Json {

    private static final int DEEPEST_NESTING = 16;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST_NESTING)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private Json() {}

    /** Reads one JSON object and nothing behind it. */
    static ObjectNode readObject(String text, FailureReason otherwise) throws CeremonyException {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException notJson) {
            throw new CeremonyException(otherwise, notJson);
        }
        throw new CeremonyException(otherwise);
    }

    static String requireText(JsonNode object, String member, FailureReason otherwise) throws CeremonyException {
        JsonNode value = object.path(member);
        CeremonyException.require(value.isTextual(), otherwise);
        return value.textValue();
    }

    static Bytes requireBytes(JsonNode object, String member, FailureReason otherwise) throws CeremonyException {
        String text = requireText(object, member, otherwise);
        try {
            return Bytes.ofBase64Url(text);
        } catch (IllegalArgumentException notBase64Url) {
            throw new CeremonyException(otherwise, notBase64Url);
        }
    }

    /** Empty where the member is missing or null; what is there has to be base64url. */
    static Optional<Bytes> optionalBytes(JsonNode object, String member, FailureReason otherwise)
            throws CeremonyException {
        JsonNode value = object.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        return Optional.of(requireBytes(object, member, otherwise));
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The member {@code hints} (§5.4, §5.5), where there are any. */
    static void putHints(ObjectNode options, List<Hint> hints) {
        if (!hints.isEmpty()) {
            ArrayNode array = options.putArray("hints");
            hints.forEach(hint -> array.add(hint.json()));
        }
    }

    static ArrayNode credentials(List<CredentialDescriptor> descriptors) {
        ArrayNode array = MAPPER.createArrayNode();
        for (CredentialDescriptor descriptor : descriptors) {
            ObjectNode entry = array.addObject()
                    .put("type", "public-key")
                    .put("id", descriptor.id().toBase64Url());
            if (!descriptor.transports().isEmpty()) {
                ArrayNode transports = entry.putArray("transports");
                descriptor.transports().forEach(transports::add);
            }
        }
        return array;
    }
}
