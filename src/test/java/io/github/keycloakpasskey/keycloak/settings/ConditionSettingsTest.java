package io.github.keycloakpasskey.keycloak.settings;

import static io.github.keycloakpasskey.keycloak.settings.ConditionSettings.DEVICE_BOUND_ONLY;
import static io.github.keycloakpasskey.keycloak.settings.ConditionSettings.USER_HAS_PASSKEY;
import static io.github.keycloakpasskey.keycloak.settings.ConditionSettings.VERIFIED_WITHIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.Stub;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;

class ConditionSettingsTest {

    /** Asked for its id and name by a warning of an invalid setting. */
    private static final RealmModel REALM =
            Stub.of(RealmModel.class, Map.of("getId", arguments -> "id", "getName", arguments -> "demo"));

    static Stream<ConditionSettings> settingsOfWhichNothingIsSet() {
        return Stream.of(
                ConditionSettings.defaults(),
                ConditionSettings.of(REALM, null),
                ConditionSettings.of(REALM, new AuthenticatorConfigModel()),
                ConditionSettings.of(REALM, stored(Map.of("user-has", "", "kind", " ", "verified-within", ""))));
    }

    @ParameterizedTest
    @MethodSource("settingsOfWhichNothingIsSet")
    void anyPasskeyCountsIfNothingIsSet(ConditionSettings settings) {
        assertThat(settings.get(USER_HAS_PASSKEY)).isTrue();
        assertThat(settings.get(DEVICE_BOUND_ONLY)).isFalse();
        assertThat(settings.get(VERIFIED_WITHIN)).isEmpty();
        assertThat(settings.areValid()).isTrue();
    }

    @Test
    void eachSettingIsRead() {
        Map<String, String> config = Map.of("user-has", "none", "kind", "device-bound", "verified-within", " 30 ");
        ConditionSettings settings = ConditionSettings.of(REALM, stored(config));

        assertThat(settings.get(USER_HAS_PASSKEY)).isFalse();
        assertThat(settings.get(DEVICE_BOUND_ONLY)).isTrue();
        assertThat(settings.get(VERIFIED_WITHIN)).contains(Duration.ofDays(30));
        assertThat(settings.areValid()).isTrue();
        assertThat(ConditionSettings.problems(config)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"user-has, two", "kind, synced", "verified-within, soon"})
    void oneInvalidSettingMakesAllOfTheConditionInvalid(String key, String value) {
        assertThat(ConditionSettings.of(REALM, stored(Map.of(key, value))).areValid())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "user-has, two, 'User has: “two” is none of one, none'",
        "kind, synced, 'Kind of passkeys: “synced” is none of any, device-bound'",
        "verified-within, 0, Verified within (days): “0” is no number from 1 to 3650",
        "verified-within, 3651, Verified within (days): “3651” is no number from 1 to 3650",
        "verified-within, 30 days, Verified within (days): “30 days” is no number from 1 to 3650",
    })
    void aProblemNamesItsField(String key, String value, String problem) {
        assertThat(ConditionSettings.problems(Map.of(key, value))).isEqualTo(Map.of(key, problem));
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThat(ConditionSettings.problems(Map.of("user-has", "x", "kind", "x", "verified-within", "x")))
                .containsOnlyKeys("user-has", "kind", "verified-within");
    }

    private static AuthenticatorConfigModel stored(Map<String, String> config) {
        AuthenticatorConfigModel model = new AuthenticatorConfigModel();
        model.setConfig(config);
        return model;
    }
}
