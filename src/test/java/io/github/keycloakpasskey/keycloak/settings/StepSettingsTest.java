package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.webauthn.AuthenticatorAttachment;
import io.github.keycloakpasskey.webauthn.Hint;
import io.github.keycloakpasskey.webauthn.UserVerification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

class StepSettingsTest {

    private final List<String> problems = new ArrayList<>();

    @Test
    void untouchedSettingsLeaveAllToTheRealmsPolicy() {
        StepSettings settings = StepSettings.of(null, null);

        assertThat(settings.userVerification()).isEmpty();
        assertThat(settings.mediation()).isEmpty();
        assertThat(settings.hints()).isEmpty();
        assertThat(settings.timeout()).isEmpty();
        assertThat(settings.attachment()).isEmpty();
        assertThat(settings.usernameField()).isTrue();
        assertThat(settings.buttonText()).isEmpty();
        assertThat(settings).isEqualTo(StepSettings.of(null, new AuthenticatorConfigModel()));
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

        assertThat(settings.userVerification()).contains(UserVerification.DISCOURAGED);
        assertThat(settings.mediation()).contains(Mediation.IMMEDIATE);
        assertThat(settings.hints()).containsExactly(Hint.HYBRID, Hint.SECURITY_KEY);
        assertThat(settings.timeout()).contains(Duration.ofSeconds(90));
        assertThat(settings.attachment()).contains(AuthenticatorAttachment.CROSS_PLATFORM);
        assertThat(settings.usernameField()).isFalse();
        assertThat(settings.buttonText()).isEqualTo("Use your key");
        assertThat(problems).isEmpty();
    }

    @Test
    void somethingSafeRulesInPlaceOfWhatCannotBeRead() {
        StepSettings settings = read(Map.of(
                "user-verification", "maybe",
                "mediation", "loud",
                "hints", "watch",
                "timeout", "soon",
                "attachment", "usb",
                "username-field", "perhaps",
                "button-text", "x".repeat(61)));

        assertThat(settings.userVerification()).contains(UserVerification.REQUIRED);
        assertThat(settings.mediation()).contains(Mediation.NONE);
        assertThat(settings.hints()).isEmpty();
        assertThat(settings.timeout()).isEmpty();
        assertThat(settings.attachment()).isEmpty();
        assertThat(settings.usernameField()).isTrue();
        assertThat(settings.buttonText()).isEmpty();
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
    void aTimeoutIsANumberOfSecondsThatMakesSense(String text) {
        assertThat(StepSettings.problems(Map.of("timeout", text)))
                .containsEntry("timeout", "Timeout (seconds): “" + text + "” is no number from 10 to 3600");
    }

    @ParameterizedTest
    @CsvSource({"10", "3600"})
    void theEndsOfTheRangeAreIn(String text) {
        assertThat(StepSettings.problems(Map.of("timeout", text))).isEmpty();
    }

    @Test
    void autofillNeedsTheFieldThatItFills() {
        assertThat(StepSettings.problems(Map.of("mediation", "conditional", "username-field", "false")))
                .containsOnlyKeys("mediation");
        assertThat(StepSettings.problems(Map.of("mediation", "none", "username-field", "false")))
                .isEmpty();
    }

    @Test
    void hintsFitTheAttachment() {
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
        return StepSettings.read(config, (setting, problem) -> problems.add(setting.name()));
    }
}
