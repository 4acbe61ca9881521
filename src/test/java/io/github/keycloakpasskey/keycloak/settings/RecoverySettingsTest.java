package io.github.keycloakpasskey.keycloak.settings;

import static io.github.keycloakpasskey.keycloak.settings.RecoverySettings.REMOVE_OLDER_PASSKEYS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.Stub;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;

class RecoverySettingsTest {

    /** Asked for its id and name by a warning of an invalid setting. */
    private final RealmModel realm =
            Stub.of(RealmModel.class, Map.of("getId", arguments -> "id", "getName", arguments -> "demo"));

    @Test
    void olderPasskeysStayIfNothingIsSet() {
        assertThat(RecoverySettings.defaults().get(REMOVE_OLDER_PASSKEYS)).isFalse();
        assertThat(RecoverySettings.of(realm, null).get(REMOVE_OLDER_PASSKEYS)).isFalse();
        assertThat(RecoverySettings.of(realm, new AuthenticatorConfigModel()).get(REMOVE_OLDER_PASSKEYS))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "false,false", "'',false", "yes,false"})
    void onlyTrueRemovesOlderPasskeys(String text, boolean removes) {
        AuthenticatorConfigModel config = new AuthenticatorConfigModel();
        config.setConfig(Map.of("remove-older-passkeys", text));

        assertThat(RecoverySettings.of(realm, config).get(REMOVE_OLDER_PASSKEYS))
                .isEqualTo(removes);
    }

    @Test
    void anInvalidValueIsRefusedWhenItIsSaved() {
        assertThat(RecoverySettings.problems(Map.of("remove-older-passkeys", "yes")))
                .isEqualTo(Map.of("remove-older-passkeys", "Remove older passkeys: “yes” is none of true, false"));
    }
}
