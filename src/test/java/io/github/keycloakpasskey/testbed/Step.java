package io.github.keycloakpasskey.testbed;

import java.util.List;
import java.util.Map;

/**
 * One execution of an authentication flow: a step, or a sub-flow.
 *
 * @param authenticator the step's id; empty for a sub-flow
 * @param config the step's settings
 * @param steps what a sub-flow has
 */
public record Step(String authenticator, String requirement, Map<String, String> config, List<Step> steps) {

    public static Step required(String authenticator) {
        return of(authenticator, "REQUIRED");
    }

    public static Step alternative(String authenticator) {
        return of(authenticator, "ALTERNATIVE");
    }

    /** A sub-flow that has to be gone through. */
    public static Step required(Step... steps) {
        return new Step("", "REQUIRED", Map.of(), List.of(steps));
    }

    /** A sub-flow that is one way of several. */
    public static Step alternative(Step... steps) {
        return new Step("", "ALTERNATIVE", Map.of(), List.of(steps));
    }

    /** A sub-flow whose first steps are conditions. */
    public static Step conditional(Step... steps) {
        return new Step("", "CONDITIONAL", Map.of(), List.of(steps));
    }

    private static Step of(String authenticator, String requirement) {
        return new Step(authenticator, requirement, Map.of(), List.of());
    }

    /** The same step with these settings. */
    public Step with(Map<String, String> settings) {
        return new Step(authenticator, requirement, settings, steps);
    }

    boolean isFlow() {
        return authenticator.isEmpty();
    }
}
