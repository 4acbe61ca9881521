package io.github.keycloakpasskey.keycloak.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/** The settings of one condition {@code conditional-user-has-passkey}. */
public final class ConditionSettings {

    private static final String DEVICE_BOUND = "device-bound";
    private static final int MAX_DAYS = 3650;
    private static final SettingsForm FORM = new SettingsForm();

    /** Whether the sub-flow runs for users who have a passkey that counts; otherwise, for users who have none. */
    public static final Setting<Boolean> USER_HAS_PASSKEY =
            FORM.declare(Setting.choice("user-has", List.of("one", "none"))
                    .label("User has")
                    .help("one: the sub-flow runs for users who have a passkey that counts. none: it runs for those"
                            + " who have none, and where no user is known.")
                    .defaultsTo("one")
                    .reader("one"::equals)
                    .fallback(true));

    /** Whether passkeys that can be synced do not count. */
    public static final Setting<Boolean> DEVICE_BOUND_ONLY =
            FORM.declare(Setting.choice("kind", List.of("any", DEVICE_BOUND))
                    .label("Kind of passkeys")
                    .help("device-bound: passkeys that can be synced to other devices do not count.")
                    .defaultsTo("any")
                    .reader(DEVICE_BOUND::equals)
                    .fallback(true));

    /** How long ago the authenticator may last have verified its user. Any time, or never, if empty. */
    public static final Setting<Optional<Duration>> VERIFIED_WITHIN = FORM.declare(Setting.text("verified-within")
            .label("Verified within (days)")
            .help("Passkeys count only if their authenticator has verified its user (PIN, face,"
                    + " fingerprint) in so many days up to now, when it was created or at a sign-in. 1 to " + MAX_DAYS
                    + ". Empty: all count.")
            .reader(ConditionSettings::days)
            .fallback(Optional.of(Duration.ofDays(1))));

    private final SettingValues values;
    private final boolean valid;

    private ConditionSettings(SettingValues values) {
        this.values = values;
        this.valid = values.readAll();
    }

    /** The fields of the form in the admin console. */
    public static List<ProviderConfigProperty> properties() {
        return FORM.properties();
    }

    /** What is wrong about settings that are about to be saved; see {@link CheckedSettings#problems}. */
    public static Map<String, String> problems(Map<String, String> config) {
        return FORM.problems(config);
    }

    /** Settings of which nothing is stored. */
    public static ConditionSettings defaults() {
        return new ConditionSettings(FORM.defaults());
    }

    /**
     * The stored settings of one condition.
     *
     * @param config null if the condition has no settings
     */
    public static ConditionSettings of(RealmModel realm, AuthenticatorConfigModel config) {
        return new ConditionSettings(FORM.ofStep(realm, config));
    }

    /** The value of one of the settings that this class declares. */
    public <T> T get(Setting<T> setting) {
        return values.get(setting);
    }

    /** The same settings, but for one. */
    public <T> ConditionSettings with(Setting<T> setting, T value) {
        return new ConditionSettings(values.with(setting, value));
    }

    /**
     * Whether all stored settings are valid. If not, the sub-flow has to run. It only adds steps to the login, so this
     * is the strict way, whichever users the condition is for.
     */
    public boolean areValid() {
        return valid;
    }

    private static Optional<Duration> days(String text) {
        return SettingText.number(text, 1, MAX_DAYS).stream()
                .mapToObj(Duration::ofDays)
                .findFirst();
    }
}
