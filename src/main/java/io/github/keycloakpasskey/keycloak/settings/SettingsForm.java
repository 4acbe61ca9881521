package io.github.keycloakpasskey.keycloak.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The settings of one thing that an administrator configures, in the order in which the admin console shows them. A
 * class that declares settings has one form, and declares each setting by it.
 */
final class SettingsForm {

    private final List<Setting<?>> settings = new ArrayList<>();

    /** Adds a setting to the form, and returns it. */
    <T> Setting<T> declare(Setting<T> setting) {
        if (settings.stream().anyMatch(other -> other.key().equals(setting.key()))) {
            throw new IllegalArgumentException("the setting " + setting.key() + " is declared twice");
        }
        settings.add(setting);
        return setting;
    }

    boolean declares(Setting<?> setting) {
        return settings.contains(setting);
    }

    /** All settings that have been declared. */
    List<Setting<?>> settings() {
        return Collections.unmodifiableList(settings);
    }

    /** The fields as the admin console shows them. */
    List<ProviderConfigProperty> properties() {
        return settings.stream().map(Setting::property).toList();
    }

    /** The same, for a thing that lacks one of the settings. */
    List<ProviderConfigProperty> propertiesWithout(Setting<?> missing) {
        return settings.stream()
                .filter(setting -> !setting.equals(missing))
                .map(Setting::property)
                .toList();
    }

    /** Values of which nothing is stored. */
    SettingValues defaults() {
        return values(Map.of(), (setting, value, problem) -> {
            throw new IllegalStateException("the default of " + setting.key() + " is invalid");
        });
    }

    /** Values as they are stored. Nothing is read before it is asked for. */
    SettingValues values(Map<String, String> stored, Setting.Problems problems) {
        return new SettingValues(this, stored, problems);
    }

    /**
     * Values of a step of a flow. Invalid values are logged: Keycloak does not check them when it imports a realm.
     *
     * @param config null if the step has no settings
     */
    SettingValues ofStep(RealmModel realm, AuthenticatorConfigModel config) {
        if (config == null || config.getConfig() == null) {
            return defaults();
        }
        String alias = ForeignText.quoted(Objects.requireNonNullElse(config.getAlias(), ""));
        return values(config.getConfig(), (setting, value, problem) -> ProblemLog.ofServer()
                .warn(realm, "settings of a step, " + alias + ", " + setting.key(), value, problem));
    }

    /** What is wrong about settings that are about to be saved; see {@link CheckedSettings#problems}. */
    Map<String, String> problems(Map<String, String> config) {
        Findings findings = new Findings();
        settings.forEach(setting -> setting.check(config, findings));
        return findings.byKey();
    }

    /** Collects problems for the admin console, which shows the text alone: so each begins with the setting's label. */
    static final class Findings implements Setting.Problems {

        private final Map<String, String> byKey = new LinkedHashMap<>();

        @Override
        public void report(Setting<?> setting, String value, String problem) {
            byKey.putIfAbsent(setting.key(), setting.label() + ": " + problem);
        }

        void reportIf(boolean wrong, Setting<?> setting, String problem) {
            if (wrong) {
                byKey.putIfAbsent(setting.key(), setting.label() + ": " + problem);
            }
        }

        /** The first problem of each setting, by its key. */
        Map<String, String> byKey() {
            return byKey;
        }
    }
}
