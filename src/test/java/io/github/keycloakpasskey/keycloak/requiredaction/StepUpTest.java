package io.github.keycloakpasskey.keycloak.requiredaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.models.Constants;

class StepUpTest {

    private static final Map<String, Integer> PASSKEY_ABOVE_PASSWORD = Map.of("password", 1, "passkey", 2);

    @Test
    void aUserWithAPasskeyReachesTheLevelOfPasskeys() {
        assertThat(StepUp.required(PASSKEY_ABOVE_PASSWORD, Set.of(1, 2))).isEqualTo(2);
        assertThat(StepUp.required(PASSKEY_ABOVE_PASSWORD, Set.of(2))).isEqualTo(2);
    }

    @Test
    void aUserWithoutAPasskeyReachesTheLevelOfThePassword() {
        assertThat(StepUp.required(PASSKEY_ABOVE_PASSWORD, Set.of(1))).isEqualTo(1);
    }

    @Test
    void anotherCredentialOfTheSameLevelCountsAsWell() {
        assertThat(StepUp.required(Map.of("password", 1, "otp", 2, "passkey", 2), Set.of(1, 2)))
                .isEqualTo(2);
    }

    @Test
    void aLevelThatAsksForNoCredentialIsReachedByEveryUser() {
        assertThat(StepUp.required(Map.of("passkey", 2), Set.of())).isEqualTo(1);
    }

    @Test
    void aUserWithoutCredentialsNeedsNoLevel() {
        assertThat(StepUp.required(Map.of("password", 0, "passkey", 1), Set.of()))
                .isEqualTo(Constants.NO_LOA);
    }

    @Test
    void aFlowWithoutPasskeysOrLevelsAsksForNone() {
        assertThat(StepUp.required(Map.of("password", 1), Set.of(1))).isEqualTo(Constants.NO_LOA);
        assertThat(StepUp.required(Map.of("password", Constants.NO_LOA, "passkey", Constants.NO_LOA), Set.of(-1)))
                .isEqualTo(Constants.NO_LOA);
    }
}
