package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;

class ConditionSettingsTest {

    /** Asked for its name only where there is something to say in the log. */
    private static final RealmModel REALM = null;

    @Test
    void withoutSettingsAnyPasskeyCounts() {
        ConditionSettings any = new ConditionSettings(true, false, Optional.empty(), true);

        assertThat(ConditionSettings.of(REALM, null)).isEqualTo(any);
        assertThat(ConditionSettings.of(REALM, new AuthenticatorConfigModel())).isEqualTo(any);
        assertThat(ConditionSettings.of(REALM, stored(Map.of("user-has", "", "kind", " ", "verified-within", ""))))
                .isEqualTo(any);
    }

    @Test
    void whatIsSetIsRead() {
        Map<String, String> config = Map.of("user-has", "none", "kind", "device-bound", "verified-within", " 30 ");

        assertThat(ConditionSettings.of(REALM, stored(config)))
                .isEqualTo(new ConditionSettings(false, true, Optional.of(Duration.ofDays(30)), true));
        assertThat(ConditionSettings.problems(config)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "user-has, two, 'User has: “two” is none of one, none'",
        "kind, synced, 'Kind of passkeys: “synced” is none of any, device-bound'",
        "verified-within, 0, Verified within (days): “0” is no number from 1 to 3650",
        "verified-within, 3651, Verified within (days): “3651” is no number from 1 to 3650",
        "verified-within, 30 days, Verified within (days): “30 days” is no number from 1 to 3650",
    })
    void aProblemSaysWhichFieldItIsAbout(String setting, String value, String problem) {
        assertThat(ConditionSettings.problems(Map.of(setting, value))).isEqualTo(Map.of(setting, problem));
    }

    @Test
    void everyProblemIsSaidAtOnce() {
        assertThat(ConditionSettings.problems(Map.of("user-has", "x", "kind", "x", "verified-within", "x")))
                .containsOnlyKeys("user-has", "kind", "verified-within");
    }

    private static AuthenticatorConfigModel stored(Map<String, String> config) {
        AuthenticatorConfigModel model = new AuthenticatorConfigModel();
        model.setConfig(config);
        return model;
    }
}
