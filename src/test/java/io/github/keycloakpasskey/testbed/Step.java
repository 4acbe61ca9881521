package io.github.keycloakpasskey.testbed;

import java.util.Map;

/**
 * One execution of an authentication flow.
 *
 * @param settings its configuration; none where empty
 */
public record Step(String authenticator, String requirement, Map<String, String> settings) {

    private Step(String authenticator, String requirement) {
        this(authenticator, requirement, Map.of());
    }

    public static Step required(String authenticator) {
        return new Step(authenticator, "REQUIRED");
    }

    public static Step alternative(String authenticator) {
        return new Step(authenticator, "ALTERNATIVE");
    }

    /** The same step with these settings. */
    public Step with(Map<String, String> changed) {
        return new Step(authenticator, requirement, changed);
    }
}
