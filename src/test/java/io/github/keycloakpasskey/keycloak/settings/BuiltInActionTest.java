package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.Stub;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/** When the log warns that built-in passkeys and those of this extension replace each other on a device. */
class BuiltInActionTest {

    @Test
    void anEnabledBuiltInActionIsWarnedOf() {
        assertThat(PasskeyTypes.isCreatedByUsers(realmWithAction(true), PasskeyType.BUILT_IN))
                .isTrue();
    }

    @Test
    void aDisabledBuiltInActionIsNot() {
        assertThat(PasskeyTypes.isCreatedByUsers(realmWithAction(false), PasskeyType.BUILT_IN))
                .isFalse();
    }

    @Test
    void aRealmWithoutTheActionIsNot() {
        RealmModel realm = Stub.of(RealmModel.class, Map.of("getRequiredActionProviderByAlias", alias -> null));

        assertThat(PasskeyTypes.isCreatedByUsers(realm, PasskeyType.BUILT_IN)).isFalse();
    }

    private static RealmModel realmWithAction(boolean enabled) {
        RequiredActionProviderModel action = new RequiredActionProviderModel();
        action.setEnabled(enabled);
        return Stub.of(
                RealmModel.class,
                Map.of(
                        "getRequiredActionProviderByAlias",
                        alias -> "webauthn-register-passwordless".equals(alias[0]) ? action : null));
    }
}
