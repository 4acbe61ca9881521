package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Stub;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/** No text of any setting floods or forges the log or the answer of the admin API. */
@Shows(Threat.HOSTILE_INPUT)
class HostileSettingsTest {

    private static final String FORGED =
            "x\n2026-01-01 WARN all is well\r\u0085\u2028\u2029\u202e\u2066\u200b\u001b[31m\u0000\ud800";

    /** A form: the fields of the admin console, and the check of what is saved. */
    record Form(
            String name,
            List<ProviderConfigProperty> properties,
            Function<Map<String, String>, Map<String, String>> problems) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Form> forms() {
        return Stream.of(
                new Form("required action", PasskeySettings.properties(), PasskeySettings::problems),
                new Form("step", StepSettings.propertiesOfPasskeyAlone(), StepSettings::problems),
                new Form("condition", ConditionSettings.properties(), ConditionSettings::problems),
                new Form("recovery", RecoverySettings.properties(), RecoverySettings::problems));
    }

    @ParameterizedTest
    @MethodSource("forms")
    @Shows(Threat.FORGED_LOG)
    void noSettingFloodsOrForgesALine(Form form) {
        for (String text : List.of(
                FORGED, FORGED.repeat(2_000), FORGED.replaceAll("\\s", "").repeat(2_000))) {
            Map<String, String> config = form.properties().stream()
                    .collect(Collectors.toMap(ProviderConfigProperty::getName, property -> text));

            Map<String, String> problems = form.problems().apply(config);

            assertThat(problems).isNotEmpty();
            problems.forEach((key, problem) -> assertThat(logged(key, text, problem))
                    .as(key)
                    .hasSizeLessThan(512)
                    .matches("[\\P{C}]*")
                    .doesNotContain("\u2028", "\u2029"));
        }
    }

    private static String logged(String key, String value, String problem) {
        List<String> lines = new ArrayList<>();
        RealmModel realm = Stub.of(RealmModel.class, Map.of("getId", id -> "1", "getName", name -> FORGED.repeat(100)));
        new ProblemLog(lines::add, Clock.systemUTC()).warn(realm, "setting " + key, value, problem);
        return lines.get(0);
    }
}
