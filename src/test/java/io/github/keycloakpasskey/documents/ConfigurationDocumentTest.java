package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloakpasskey.keycloak.settings.CheckedSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.ConfigurableAuthenticatorFactory;
import org.keycloak.representations.idm.AuthenticationExecutionExportRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;

/** {@code docs/configuration.md} matches the code. With {@code -Ddocuments.update} the test writes its tables. */
class ConfigurationDocumentTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    /** Members that Keycloak has had since 26.7: the tests are compiled against an older one. */
    private static final Set<String> NEWER_POLICY =
            Set.of("webAuthnPolicyPasswordlessMediation", "webAuthnPolicyPasswordlessResidentKey");

    private static final Pattern POLICY = Pattern.compile("webAuthnPolicyPasswordless\\w+");
    private static final Pattern BODY = Pattern.compile("(?s)-b '(.*)'");
    private static final Pattern HCL_SETTINGS = Pattern.compile("(?ms)^  config = \\{$(.*?)^  }$");
    private static final Pattern HCL_SETTING = Pattern.compile("\"([^\"]+)\" += \"([^\"]*)\"");

    private final ConfigurationDocument document = ConfigurationDocument.read();

    @Test
    void theTablesInTheDocumentMatchTheCode() throws IOException {
        MadeParts.assertStandIn(
                ConfigurationDocument.FILE, "ConfigurationDocumentTest", ConfigurationDocument.tables());
    }

    @Test
    void theDocumentListsExactlyThePolicyMembersOfARealm() {
        Set<String> members = new TreeSet<>();
        JSON.valueToTree(new RealmRepresentation()).fieldNames().forEachRemaining(members::add);
        members.addAll(NEWER_POLICY);
        members.removeIf(member -> !POLICY.matcher(member).matches());

        assertThat(codes(document.column("The realm's policy", 1).values())).isEqualTo(members);
        assertThat(POLICY.matcher(document.text()).results().map(named -> named.group()))
                .isSubsetOf(members);
    }

    @Test
    void theDocumentListsTheServerOptionsWithTheirDefaults() {
        Map<String, String> named = new TreeMap<>();
        document.column("Options of the server", 1)
                .forEach((option, byDefault) -> named.put(
                        option.replaceAll("`(--)?", ""),
                        byDefault.replace("none", "").replace("`", "")));

        assertThat(named).isEqualTo(ServerOptions.defaults());
    }

    @Test
    void theDocumentListsTheDetailsOfEvents() {
        assertThat(codes(document.column("Details", 1).keySet())).isEqualTo(EventDetails.names());
    }

    @Test
    void theSettingsOfTheExampleExistAndAreValid() throws JsonProcessingException {
        RealmRepresentation realm = example();
        Map<String, List<String>> keys = SettingsTables.requiredActions()
                .collect(Collectors.toMap(
                        action -> action.getId(), action -> SettingsTables.keys(action.getConfigMetadata())));

        assertThat(settingsOf(realm)).hasSize(2);
        assertThat(configured(realm)).isNotEmpty().allSatisfy(action -> assertThat(keys.get(action.getProviderId()))
                .containsAll(action.getConfig().keySet()));
        assertThat(configuredSteps(realm)).isNotEmpty().allSatisfy((step, settings) -> {
            assertThat(SettingsTables.keys(step.getConfigProperties())).containsAll(settings.keySet());
            assertThat(((CheckedSettings) step).problems(settings)).isEmpty();
        });
    }

    @Test
    void theShellAndTerraformExamplesMatchTheJsonExample() throws JsonProcessingException {
        List<Map<String, String>> settings = settingsOf(example());

        assertThat(BODY.matcher(document.block("sh")).results().map(body -> body.group(1)))
                .singleElement()
                .satisfies(body ->
                        assertThat(JSON.readTree(body)).isEqualTo(JSON.valueToTree(Map.of("config", settings.get(0)))));
        assertThat(HCL_SETTINGS.matcher(document.block("hcl")).results().map(block -> hclSettings(block.group(1))))
                .isEqualTo(settings);
    }

    /** Parsing fails if the example has a member that a realm does not have. */
    private RealmRepresentation example() throws JsonProcessingException {
        return JSON.readValue(document.block("json"), RealmRepresentation.class);
    }

    /** The settings of required actions, followed by those of steps. */
    private static List<Map<String, String>> settingsOf(RealmRepresentation realm) {
        List<Map<String, String>> settings = new ArrayList<>();
        configured(realm).forEach(action -> settings.add(action.getConfig()));
        settings.addAll(configuredSteps(realm).values());
        return settings;
    }

    private static List<RequiredActionProviderRepresentation> configured(RealmRepresentation realm) {
        return realm.getRequiredActions().stream()
                .filter(action -> action.getConfig() != null)
                .toList();
    }

    private static Map<ConfigurableAuthenticatorFactory, Map<String, String>> configuredSteps(
            RealmRepresentation realm) {
        Map<String, Map<String, String>> byAlias = realm.getAuthenticatorConfig().stream()
                .collect(Collectors.toMap(
                        AuthenticatorConfigRepresentation::getAlias, AuthenticatorConfigRepresentation::getConfig));
        Map<ConfigurableAuthenticatorFactory, Map<String, String>> configured = new LinkedHashMap<>();
        realm.getAuthenticationFlows().stream()
                .flatMap(flow -> flow.getAuthenticationExecutions().stream())
                .filter(step -> step.getAuthenticatorConfig() != null)
                .forEach(step -> configured.put(factory(step), byAlias.get(step.getAuthenticatorConfig())));
        return configured;
    }

    private static ConfigurableAuthenticatorFactory factory(AuthenticationExecutionExportRepresentation step) {
        return SettingsTables.steps()
                .filter(factory -> SettingsTables.id(factory).equals(step.getAuthenticator()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> hclSettings(String block) {
        return HCL_SETTING
                .matcher(block)
                .results()
                .collect(Collectors.toMap(setting -> setting.group(1), setting -> setting.group(2)));
    }

    private static Set<String> codes(Iterable<String> cells) {
        return CODE.matcher(String.join("\n", cells))
                .results()
                .map(code -> code.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
