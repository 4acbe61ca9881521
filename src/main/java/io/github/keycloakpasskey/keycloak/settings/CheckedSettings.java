package io.github.keycloakpasskey.keycloak.settings;

import java.util.Map;

/**
 * A step of a flow whose settings are checked when an administrator saves them, for which Keycloak has no hook of its
 * own.
 */
public interface CheckedSettings {

    /**
     * What is wrong about settings that are about to be saved.
     *
     * @param config as Keycloak stores them
     * @return by the name of the setting, what an administrator has to put right; empty where nothing is wrong
     */
    Map<String, String> problems(Map<String, String> config);
}
