package io.github.keycloakpasskey.keycloak.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.keycloak.models.WebAuthnPolicy;

/** The fallback for Keycloak 26.4 to 26.6, which the tests are compiled against. */
class PolicyChoicesTest {

    @Test
    void anOlderPolicyHasNoChoiceForDiscoverableCredentials() {
        assertThat(PolicyChoices.residentKey(new WebAuthnPolicy())).isEmpty();
    }

    @Test
    void anOlderPolicyHasNoMediation() {
        assertThat(PolicyChoices.mediation(new WebAuthnPolicy())).isEmpty();
    }
}
