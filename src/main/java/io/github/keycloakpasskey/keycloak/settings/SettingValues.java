package io.github.keycloakpasskey.keycloak.settings;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The values of a form's settings. Immutable. A stored text is read each time its setting is asked for, so that a
 * sign-in does not pay for settings that it does not need.
 */
final class SettingValues {

    private final SettingsForm form;
    private final Map<String, String> stored;
    private final Map<Setting<?>, Object> given;
    private final Setting.Problems problems;

    SettingValues(SettingsForm form, Map<String, String> stored, Setting.Problems problems) {
        this(form, Collections.unmodifiableMap(new HashMap<>(stored)), Map.of(), problems);
    }

    private SettingValues(
            SettingsForm form, Map<String, String> stored, Map<Setting<?>, Object> given, Setting.Problems problems) {
        this.form = form;
        this.stored = stored;
        this.given = given;
        this.problems = problems;
    }

    /** @throws IllegalArgumentException if the setting is of another form */
    @SuppressWarnings("unchecked") // with() takes only values of the setting's type.
    <T> T get(Setting<T> setting) {
        requireDeclared(setting);
        Object value = given.get(setting);
        return value == null ? setting.read(stored, problems) : (T) value;
    }

    /** The same values, but for one. */
    <T> SettingValues with(Setting<T> setting, T value) {
        requireDeclared(setting);
        Map<Setting<?>, Object> changed = new HashMap<>(given);
        changed.put(setting, Objects.requireNonNull(value));
        return new SettingValues(form, stored, Collections.unmodifiableMap(changed), problems);
    }

    /** The texts as Keycloak stores them, by the keys of their settings. */
    Map<String, String> stored() {
        return stored;
    }

    /**
     * Reads all settings, and reports those that are invalid.
     *
     * @return whether all are valid
     */
    boolean readAll() {
        Set<Setting<?>> invalid = new HashSet<>();
        SettingValues noted = new SettingValues(form, stored, given, (setting, value, problem) -> {
            invalid.add(setting);
            problems.report(setting, value, problem);
        });
        form.settings().forEach(noted::get);
        return invalid.isEmpty();
    }

    private void requireDeclared(Setting<?> setting) {
        if (!form.declares(setting)) {
            throw new IllegalArgumentException("the setting " + setting.key() + " is of another form");
        }
    }
}
