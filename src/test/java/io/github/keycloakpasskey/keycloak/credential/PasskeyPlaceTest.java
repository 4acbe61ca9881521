package io.github.keycloakpasskey.keycloak.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasskeyPlaceTest {

    @Test
    void aPasskeyThatCanBeSyncedWorksOnTheDevicesThatShareIt() {
        assertThat(PasskeyPlace.of(true, List.of("internal", "hybrid"))).isEqualTo(PasskeyPlace.SYNCED);
        assertThat(PasskeyPlace.of(true, List.of("usb"))).isEqualTo(PasskeyPlace.SYNCED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"usb", "nfc", "ble", "smart-card"})
    void aPasskeyThatIsReachedFromOutsideAloneIsOnASecurityKey(String transport) {
        assertThat(PasskeyPlace.of(false, List.of(transport))).isEqualTo(PasskeyPlace.SECURITY_KEY);
        assertThat(PasskeyPlace.of(false, List.of("usb", transport))).isEqualTo(PasskeyPlace.SECURITY_KEY);
    }

    @Test
    void anyOtherPasskeyWorksOnOneDevice() {
        assertThat(PasskeyPlace.of(false, List.of("internal"))).isEqualTo(PasskeyPlace.ONE_DEVICE);
        assertThat(PasskeyPlace.of(false, List.of("usb", "internal"))).isEqualTo(PasskeyPlace.ONE_DEVICE);
        assertThat(PasskeyPlace.of(false, List.of("hybrid"))).isEqualTo(PasskeyPlace.ONE_DEVICE);
        assertThat(PasskeyPlace.of(false, List.of("of-the-future"))).isEqualTo(PasskeyPlace.ONE_DEVICE);
        assertThat(PasskeyPlace.of(false, List.of())).isEqualTo(PasskeyPlace.ONE_DEVICE);
    }
}
