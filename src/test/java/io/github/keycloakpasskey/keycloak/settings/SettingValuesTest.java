package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderConfigProperty;

class SettingValuesTest {

    private final SettingsForm form = new SettingsForm();
    private final List<String> read = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Setting<OptionalInt> size = form.declare(Setting.text("size")
            .label("Size")
            .help("1 to 9.")
            .defaultsTo("5")
            .reader(text -> {
                read.add(text);
                return SettingText.number(text, 1, 9);
            })
            .fallback(OptionalInt.of(1)));
    private final Setting<String> colour = form.declare(Setting.choice("colour", List.of("red", "green"))
            .label("Colour")
            .help("Any.")
            .defaultsTo("red")
            .reader(text -> text)
            .fallback("green"));

    @Test
    void onlyASettingThatIsAskedForIsRead() {
        read.clear();
        SettingValues values = values(Map.of("size", "7", "colour", "green"));

        assertThat(values.get(colour)).isEqualTo("green");
        assertThat(read).isEmpty();
        assertThat(values.get(size)).hasValue(7);
    }

    /** Settings are read for pages that anyone can open. */
    @Test
    void aTextIsReadOnceForAllPages() {
        read.clear();

        for (int page = 0; page < 3; page++) {
            assertThat(values(Map.of("size", "7")).get(size)).hasValue(7);
            assertThat(values(Map.of("size", "10")).get(size)).hasValue(1);
        }

        assertThat(read).containsExactly("7", "10");
        assertThat(problems).as("one a page, for the log to decide").hasSize(3);
    }

    @Test
    void anInvalidTextIsReportedAndTheFallbackApplies() {
        SettingValues values = values(Map.of("size", "10", "colour", "blue"));

        assertThat(values.get(size)).hasValue(1);
        assertThat(values.get(colour)).isEqualTo("green");
        assertThat(problems)
                .containsExactly("size=10: “10” is no number from 1 to 9", "colour=blue: “blue” is none of red, green");
    }

    @Test
    void aGivenValueReplacesTheStoredText() {
        SettingValues stored = values(Map.of("size", "10"));
        SettingValues changed = stored.with(size, OptionalInt.of(3)).with(colour, "green");

        assertThat(changed.get(size)).hasValue(3);
        assertThat(changed.get(colour)).isEqualTo("green");
        assertThat(changed.readAll()).isTrue();
        assertThat(stored.readAll()).isFalse();
    }

    @Test
    void whatIsStoredLaterDoesNotChangeTheValues() {
        Map<String, String> config = new HashMap<>(Map.of("size", "7"));
        SettingValues values = values(config);

        config.put("size", "8");

        assertThat(values.get(size)).hasValue(7);
    }

    @Test
    void aSettingOfAnotherFormIsRefused() {
        SettingValues values = form.defaults();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> values.get(PasskeySettings.MAX_PASSKEYS))
                .withMessageContaining("most-passkeys");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> values.with(PasskeySettings.MAX_PASSKEYS, OptionalInt.empty()));
    }

    @Test
    void aFormHasNoTwoSettingsOfOneKey() {
        Setting<Boolean> other = Setting.onOff("size")
                .label("Size")
                .help("On.")
                .defaultsTo("true")
                .reader(SettingText::yesOrNo)
                .fallback(true);

        assertThatIllegalArgumentException().isThrownBy(() -> form.declare(other));
    }

    @Test
    void aDeclarationIsRefusedWithoutHelpOrWithAnInvalidDefault() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Setting.text("size").label("Size").reader(text -> text).fallback(""));
        assertThatIllegalArgumentException().isThrownBy(() -> Setting.choice("colour", List.of("red"))
                .label("Colour")
                .help("Any.")
                .defaultsTo("blue")
                .reader(text -> text)
                .fallback("red"));
    }

    @Test
    void theAdminConsoleShowsTheSettingsInTheirOrder() {
        assertThat(form.properties())
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("size", "colour");
        assertThat(form.propertiesWithout(size))
                .extracting(ProviderConfigProperty::getName)
                .containsExactly("colour");
        assertThat(form.properties().get(1).getOptions()).containsExactly("red", "green");
        assertThat(form.properties().get(1).getDefaultValue()).isEqualTo("red");
    }

    private SettingValues values(Map<String, String> config) {
        return form.values(
                config, (setting, value, problem) -> problems.add(setting.key() + "=" + value + ": " + problem));
    }
}
