package io.github.keycloakpasskey.keycloak.settings;

import static io.github.keycloakpasskey.keycloak.settings.StepSettings.ATTACHMENT;
import static io.github.keycloakpasskey.keycloak.settings.StepSettings.BUTTON_TEXT;
import static io.github.keycloakpasskey.keycloak.settings.StepSettings.HINTS;
import static io.github.keycloakpasskey.keycloak.settings.StepSettings.MEDIATION;
import static io.github.keycloakpasskey.keycloak.settings.StepSettings.TIMEOUT;
import static io.github.keycloakpasskey.keycloak.settings.StepSettings.USERNAME_FIELD;
import static io.github.keycloakpasskey.keycloak.settings.StepSettings.USER_VERIFICATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.webauthn.AuthenticatorAttachment;
import io.github.keycloakpasskey.webauthn.Hint;
import io.github.keycloakpasskey.webauthn.UserVerification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

class StepSettingsTest {

    private final List<String> problems = new ArrayList<>();

    static Stream<AuthenticatorConfigModel> configsWithoutSettings() {
        return Stream.of(null, new AuthenticatorConfigModel());
    }

    @ParameterizedTest
    @MethodSource("configsWithoutSettings")
    void theRealmsPolicyDecidesIfNothingIsSet(AuthenticatorConfigModel config) {
        StepSettings settings = StepSettings.of(null, config);

        assertThat(settings.get(USER_VERIFICATION)).isEmpty();
        assertThat(settings.get(MEDIATION)).isEmpty();
        assertThat(settings.get(HINTS)).isEmpty();
        assertThat(settings.get(TIMEOUT)).isEmpty();
        assertThat(settings.get(ATTACHMENT)).isEmpty();
        assertThat(settings.get(USERNAME_FIELD)).isTrue();
        assertThat(settings.get(BUTTON_TEXT)).isEmpty();
    }

    @Test
    void eachSettingIsRead() {
        StepSettings settings = read(Map.of(
                "user-verification", "discouraged",
                "mediation", "immediate",
                "hints", "hybrid##security-key",
                "timeout", "90",
                "attachment", "cross-platform",
                "username-field", "false",
                "button-text", "Use your key"));

        assertThat(settings.get(USER_VERIFICATION)).contains(UserVerification.DISCOURAGED);
        assertThat(settings.get(MEDIATION)).contains(Mediation.IMMEDIATE);
        assertThat(settings.get(HINTS)).containsExactly(Hint.HYBRID, Hint.SECURITY_KEY);
        assertThat(settings.get(TIMEOUT)).contains(Duration.ofSeconds(90));
        assertThat(settings.get(ATTACHMENT)).contains(AuthenticatorAttachment.CROSS_PLATFORM);
        assertThat(settings.get(USERNAME_FIELD)).isFalse();
        assertThat(settings.get(BUTTON_TEXT)).isEqualTo("Use your key");
        assertThat(problems).isEmpty();
    }

    @Test
    void aSafeValueAppliesInPlaceOfAnInvalidOne() {
        StepSettings settings = read(Map.of(
                "user-verification", "maybe",
                "mediation", "loud",
                "hints", "watch",
                "timeout", "soon",
                "attachment", "usb",
                "username-field", "perhaps",
                "button-text", "x".repeat(61)));

        assertThat(settings.get(USER_VERIFICATION)).contains(UserVerification.REQUIRED);
        assertThat(settings.get(MEDIATION)).contains(Mediation.NONE);
        assertThat(settings.get(HINTS)).isEmpty();
        assertThat(settings.get(TIMEOUT)).isEmpty();
        assertThat(settings.get(ATTACHMENT)).isEmpty();
        assertThat(settings.get(USERNAME_FIELD)).isTrue();
        assertThat(settings.get(BUTTON_TEXT)).isEmpty();
        assertThat(problems)
                .containsExactly(
                        "user-verification",
                        "mediation",
                        "hints",
                        "timeout",
                        "attachment",
                        "username-field",
                        "button-text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "3601", "-60", "1.5", "60 s", "99999999999"})
    void aTimeoutOutsideOfItsRangeIsAProblem(String text) {
        assertThat(StepSettings.problems(Map.of("timeout", text)))
                .containsEntry("timeout", "Timeout (seconds): “" + text + "” is no number from 10 to 3600");
    }

    @ParameterizedTest
    @CsvSource({"10", "3600"})
    void theEndsOfTheRangeAreValidTimeouts(String text) {
        assertThat(StepSettings.problems(Map.of("timeout", text))).isEmpty();
    }

    @Test
    void conditionalMediationNeedsTheUsernameField() {
        assertThat(StepSettings.problems(Map.of("mediation", "conditional", "username-field", "false")))
                .containsOnlyKeys("mediation");
        assertThat(StepSettings.problems(Map.of("mediation", "none", "username-field", "false")))
                .isEmpty();
    }

    @Test
    void hintsOfAnotherAttachmentAreAProblem() {
        assertThat(StepSettings.problems(Map.of("attachment", "platform", "hints", "client-device##hybrid")))
                .containsOnlyKeys("hints");
        assertThat(StepSettings.problems(Map.of("attachment", "cross-platform", "hints", "security-key##hybrid")))
                .isEmpty();
        assertThat(StepSettings.problems(Map.of("hints", "client-device##hybrid")))
                .isEmpty();
    }

    @Test
    void theAdminConsoleShowsEachSettingWithHelp() {
        assertThat(StepSettings.propertiesOfPasskeyAlone())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly(
                        "user-verification",
                        "mediation",
                        "hints",
                        "timeout",
                        "attachment",
                        "username-field",
                        "button-text");
        assertThat(StepSettings.propertiesBesideOthers())
                .extracting(ProviderConfigProperty::getName)
                .doesNotContain("username-field")
                .contains("button-text");
        assertThat(StepSettings.propertiesOfPasskeyAlone())
                .allSatisfy(property -> assertThat(property.getHelpText()).isNotBlank());
    }

    private StepSettings read(Map<String, String> config) {
        return StepSettings.of(config, (setting, value, problem) -> problems.add(setting.key()));
    }
}
