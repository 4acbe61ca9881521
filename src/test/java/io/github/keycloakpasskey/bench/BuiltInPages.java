package io.github.keycloakpasskey.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The pages of Keycloak's built-in passkeys: what {@code webauthnAuthenticate.js} and {@code webauthnRegister.js} do. */
final class BuiltInPages implements Pages {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ES256 = -7;

    @Override
    public String signInForm() {
        return "webauth";
    }

    @Override
    public Map<String, String> signIn(Html page, Account account, String origin) {
        ObjectNode options = JSON.createObjectNode()
                .put("challenge", page.scriptValue("challenge"))
                .put("rpId", page.scriptValue("rpId"));
        JsonNode answer = parse(account.authenticate(options.toString(), origin));
        JsonNode response = answer.required("response");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("credentialId", answer.required("id").asText());
        for (String member : new String[] {"clientDataJSON", "authenticatorData", "signature", "userHandle"}) {
            fields.put(member, response.required(member).asText());
        }
        fields.put("error", "");
        return fields;
    }

    @Override
    public String registrationForm() {
        return "register";
    }

    @Override
    public Map<String, String> registration(Html page, Account account, String origin) {
        ObjectNode options = JSON.createObjectNode().put("challenge", page.scriptValue("challenge"));
        options.putObject("rp").put("id", page.scriptValue("rpId"));
        options.putObject("user").put("id", page.scriptValue("userid"));
        options.putArray("pubKeyCredParams").addObject().put("alg", ES256);
        JsonNode answer = parse(
                account.authenticator().register(options.toString(), origin).json());
        JsonNode response = answer.required("response");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("clientDataJSON", response.required("clientDataJSON").asText());
        fields.put("attestationObject", response.required("attestationObject").asText());
        fields.put("publicKeyCredentialId", answer.required("rawId").asText());
        fields.put("transports", "internal,hybrid");
        fields.put("authenticatorAttachment", "platform");
        // Two of the same name are refused.
        fields.put("authenticatorLabel", UUID.randomUUID().toString());
        fields.put("error", "");
        return fields;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
