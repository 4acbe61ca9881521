package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The JSON that the options of both ceremonies share. */
final class OptionsJson {

    private OptionsJson() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Adds the member {@code hints} (§5.4, §5.5) if there are any hints. */
    static void putHints(ObjectNode options, List<Hint> hints) {
        if (!hints.isEmpty()) {
            ArrayNode array = options.putArray("hints");
            hints.forEach(hint -> array.add(hint.json()));
        }
    }

    /** An array of {@code PublicKeyCredentialDescriptorJSON} (§5.1.8). */
    static ArrayNode credentials(List<CredentialDescriptor> descriptors) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
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
