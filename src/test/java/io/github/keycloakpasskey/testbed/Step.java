package io.github.keycloakpasskey.testbed;

import java.util.List;
import java.util.Map;

/**
 * One execution of an authentication flow.
 *
 * @param authenticator empty where it is a sub-flow
 * @param settings of the authenticator
 * @param steps of the sub-flow
 */
public record Step(String authenticator, String requirement, Map<String, String> settings, List<Step> steps) {

    public static Step required(String authenticator) {
        return new Step(authenticator, "REQUIRED", Map.of(), List.of());
    }

    public static Step alternative(String authenticator) {
        return new Step(authenticator, "ALTERNATIVE", Map.of(), List.of());
    }

    /** A sub-flow that runs where the conditions among its steps hold. */
    public static Step conditional(Step... steps) {
        return new Step("", "CONDITIONAL", Map.of(), List.of(steps));
    }

    /** A sub-flow that is one way among others. */
    public static Step alternative(Step... steps) {
        return new Step("", "ALTERNATIVE", Map.of(), List.of(steps));
    }

    /** The same step with settings of its own. */
    public Step with(Map<String, String> ownSettings) {
        return new Step(authenticator, requirement, ownSettings, steps);
    }

    boolean isFlow() {
        return authenticator.isEmpty();
    }
}
