package io.github.keycloakpasskey.testbed;

/** One execution of an authentication flow. */
public record Step(String authenticator, String requirement) {

    public static Step required(String authenticator) {
        return new Step(authenticator, "REQUIRED");
    }

    public static Step alternative(String authenticator) {
        return new Step(authenticator, "ALTERNATIVE");
    }
}
