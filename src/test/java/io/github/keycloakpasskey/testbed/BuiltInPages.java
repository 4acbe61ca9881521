package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keycloak's own pages for WebAuthn, as their scripts drive them. */
public final class BuiltInPages {

    /** The required action that creates a passkey of Keycloak's type. */
    public static final String REGISTER_PASSKEY = "webauthn-register-passwordless";

    /** The required action that creates a second factor of Keycloak's type. */
    public static final String REGISTER_SECOND_FACTOR = "webauthn-register";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ES256 = -7;

    private BuiltInPages() {}

    /** Signs in with the password, and creates a credential by one of these actions. */
    public static SoftwarePasskey register(
            TestRealm realm, Person person, SoftwareAuthenticator authenticator, String action) {
        WebClient client = realm.newClient();
        Page page = client.submitPassword(client.openSignIn(Map.of("kc_action", action)), person);
        String options =
                creationOptions(scriptValue(page, "challenge"), scriptValue(page, "rpId"), scriptValue(page, "userid"));
        Page next = client.submit(
                page,
                "#register",
                registrationFields(
                        authenticator.register(options, realm.origin()).json()));
        if (!next.isBackAtApp()) {
            throw new AssertionError("Keycloak did not accept the credential: " + next);
        }
        return authenticator.newest();
    }

    /** Answers Keycloak's page that asks for a passkey or a second factor. */
    public static Page signIn(TestRealm realm, WebClient client, Page page, SoftwareAuthenticator authenticator) {
        String options = requestOptions(scriptValue(page, "challenge"), scriptValue(page, "rpId"));
        return client.submit(
                page,
                "#webauth",
                signInFields(authenticator.authenticate(options, realm.origin()).json()));
    }

    /** The options that the page's script makes of its values. */
    public static String creationOptions(String challenge, String rpId, String userId) {
        ObjectNode options = JSON.createObjectNode().put("challenge", challenge);
        options.putObject("rp").put("id", rpId);
        options.putObject("user").put("id", userId);
        options.putArray("pubKeyCredParams").addObject().put("alg", ES256);
        return options.toString();
    }

    /** The options that the page's script makes of its values. */
    public static String requestOptions(String challenge, String rpId) {
        return JSON.createObjectNode()
                .put("challenge", challenge)
                .put("rpId", rpId)
                .toString();
    }

    /** The fields that the page posts for a response of an authenticator. */
    public static Map<String, String> registrationFields(String json) {
        JsonNode answer = parse(json);
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

    /** The fields that the page posts for a response of an authenticator. */
    public static Map<String, String> signInFields(String json) {
        JsonNode answer = parse(json);
        JsonNode response = answer.required("response");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("credentialId", answer.required("id").asText());
        for (String member : new String[] {"clientDataJSON", "authenticatorData", "signature", "userHandle"}) {
            fields.put(member, response.path(member).asText());
        }
        fields.put("error", "");
        return fields;
    }

    /** What an inline script of the page gives a name, as a text in quotes. */
    private static String scriptValue(Page page, String name) {
        Matcher found = Pattern.compile("\\b" + name + "\\s*:\\s*\"([^\"]*)\"")
                .matcher(page.document().html());
        if (!found.find()) {
            throw new AssertionError("The page's script has no " + name + ": " + page);
        }
        return found.group(1);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
