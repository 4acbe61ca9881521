package io.github.keycloakpasskey.keycloak.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.AuthenticatorConfigModel;

class RecoverySettingsTest {

    @Test
    void nothingIsRemovedWhereNothingIsSet() {
        assertThat(RecoverySettings.of(null).removesOlder()).isFalse();
        assertThat(RecoverySettings.of(new AuthenticatorConfigModel()).removesOlder())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "false,false", "'',false", "yes,false"})
    void onlyAPlainYesRemoves(String text, boolean removes) {
        AuthenticatorConfigModel model = new AuthenticatorConfigModel();
        model.setConfig(Map.of("remove-older-passkeys", text));

        assertThat(RecoverySettings.of(model).removesOlder()).isEqualTo(removes);
    }
}
