package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What {@code docs/configuration.md} says about Keycloak is true of a running server. */
@KeycloakTest
class ConfigurationDocumentIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POLICY = "The realm's policy";
    private static final String STEP = "passkey-username-password-form";

    private final ConfigurationDocument document = ConfigurationDocument.read();

    @Test
    void aNewRealmHasTheDocumentedPolicy(TestRealm server) {
        JsonNode realm = imported(server, JSON.createObjectNode()).admin().get("");
        Map<String, String> members = document.column(POLICY, 1);
        Map<String, String> values = document.column(POLICY, 2);

        assertThat(members).isNotEmpty().allSatisfy((setting, member) -> assertThat(values.get(setting))
                .as(setting)
                .isEqualTo(cell(realm.path(member.replace("`", "")))));
    }

    @Test
    void theDocumentedExampleCanBeImportedAndItsSettingsSaved(TestRealm server) throws JsonProcessingException {
        ObjectNode example = example();
        TestRealm realm = imported(server, example);
        JsonNode ofAction = example.at("/requiredActions/0/config");
        JsonNode ofStep = realm.settingsOf(STEP);

        assertThat(realm.settings()).isEqualTo(ofAction);
        assertThat(ofStep.path("config")).isEqualTo(example.at("/authenticatorConfig/0/config"));
        realm.configure(JSON.convertValue(ofAction, new TypeReference<Map<String, String>>() {}));
        realm.admin().put("/authentication/config/" + ofStep.path("id").asText(), ofStep);
        assertThat(realm.newClient().openSignIn().text()).contains("Sign in with a passkey");
    }

    @Test
    void aRealmCanReplaceATextOfThePages(TestRealm server) throws JsonProcessingException {
        ObjectNode example = example();
        example.putObject("localizationTexts").putObject("en").put("passkey-sign-in", "Show your badge");

        assertThat(imported(server, example).newClient().openSignIn().text())
                .contains("Show your badge")
                .doesNotContain("Sign in with a passkey");
    }

    private ObjectNode example() throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(document.block("json"));
    }

    /** A realm imported from this file alone. */
    private static TestRealm imported(TestRealm server, ObjectNode file) {
        return server.imported("password-and-passkey", realm -> {
            realm.removeAll();
            realm.put("realm", "configured").put("enabled", true).setAll(file);
        });
    }

    /** A value as the document writes it. */
    private static String cell(JsonNode value) {
        if (value.isArray() && !value.isEmpty()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(ConfigurationDocumentIT::cell)
                    .collect(Collectors.joining(", "));
        }
        String text = value.isNull() ? "" : value.asText();
        return text.isEmpty() ? "empty" : MarkdownTable.code(text);
    }
}
