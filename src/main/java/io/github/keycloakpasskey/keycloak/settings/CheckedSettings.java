package io.github.keycloakpasskey.keycloak.settings;

import java.util.Map;

/**
 * A factory of flow steps that checks the settings of its steps before an administrator saves them. Keycloak has no
 * hook for this; {@link SavedSettingsCheck} calls it.
 */
public interface CheckedSettings {

    /**
     * What is wrong about settings that are about to be saved.
     *
     * @param config the texts of the settings by their keys, as Keycloak stores them
     * @return what the administrator has to correct, by the key of the setting; empty if the settings can be saved
     */
    Map<String, String> problems(Map<String, String> config);
}
