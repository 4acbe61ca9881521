package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.webauthn.SignCountPolicy;
import java.util.Map;
import java.util.Set;

/**
 * Those of the {@link PasskeySettings} that a sign-in needs. Read by themselves, as the others, among them certificates,
 * would be read at every sign-in for nothing.
 *
 * @param signCount what becomes of a sign-in whose counter did not grow
 * @param topOrigins the origins of sites that may embed the pages
 */
public record SignInRules(SignCountPolicy signCount, Set<String> topOrigins) {

    public SignInRules {
        topOrigins = Set.copyOf(topOrigins);
    }

    static SignInRules read(Map<String, String> config, Setting.Problems problems) {
        return new SignInRules(
                SettingsForm.SIGN_COUNT.read(config, problems), SettingsForm.TOP_ORIGINS.read(config, problems));
    }
}
