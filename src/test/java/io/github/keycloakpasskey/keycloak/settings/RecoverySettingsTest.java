package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;

class RecoverySettingsTest {

    @Test
    void nothingIsRemovedWhereNothingIsSet() {
        assertThat(RecoverySettings.of(realm(), null).removesOlder()).isFalse();
        assertThat(RecoverySettings.of(realm(), new AuthenticatorConfigModel()).removesOlder())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true,true", "false,false", "'',false", "yes,false"})
    void onlyAPlainYesRemoves(String text, boolean removes) {
        AuthenticatorConfigModel model = new AuthenticatorConfigModel();
        model.setConfig(Map.of("remove-older-passkeys", text));

        assertThat(RecoverySettings.of(realm(), model).removesOlder()).isEqualTo(removes);
    }

    /** Whose name is said in the log. */
    private static RealmModel realm() {
        return (RealmModel) Proxy.newProxyInstance(
                RealmModel.class.getClassLoader(),
                new Class<?>[] {RealmModel.class},
                (self, method, arguments) -> "demo");
    }
}
