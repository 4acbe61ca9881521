package io.github.keycloakpasskey.keycloak.settings;

import java.util.List;
import java.util.Map;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/** The settings of one step {@code reset-passkey}. */
public final class RecoverySettings {

    private static final SettingsForm FORM = new SettingsForm();

    /** Whether the user's older passkeys are removed once the new one is stored. */
    public static final Setting<Boolean> REMOVE_OLDER_PASSKEYS = FORM.declare(Setting.onOff("remove-older-passkeys")
            .label("Remove older passkeys")
            .help("On: once the new passkey is stored, all older ones of the user are removed; the page"
                    + " says so beforehand. Off: they stay, and people remove the lost one in their account.")
            .defaultsTo("false")
            .reader(SettingText::yesOrNo)
            .fallback(false));

    private final SettingValues values;

    private RecoverySettings(SettingValues values) {
        this.values = values;
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
    public static RecoverySettings defaults() {
        return new RecoverySettings(FORM.defaults());
    }

    /**
     * The stored settings of one step.
     *
     * @param config null if the step has no settings
     */
    public static RecoverySettings of(RealmModel realm, AuthenticatorConfigModel config) {
        return new RecoverySettings(FORM.ofStep(realm, config));
    }

    /** The value of one of the settings that this class declares. */
    public <T> T get(Setting<T> setting) {
        return values.get(setting);
    }

    /** The same settings, but for one. */
    public <T> RecoverySettings with(Setting<T> setting, T value) {
        return new RecoverySettings(values.with(setting, value));
    }
}
