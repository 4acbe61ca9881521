package io.github.keycloakpasskey.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is posted is read or refused; nothing is thrown. */
@Shows(Threat.HOSTILE_INPUT)
class PostedAnswersTest {

    private static final String REGISTRATION = """
            {"id":"AQ","rawId":"AQ","type":"public-key","unknown":{"member":1},
             "response":{"clientDataJSON":"Ag","attestationObject":"Aw","transports":
                         ["usb","smart-card","usb",7,"","USB","[[[","\\u0000","\\ud800","=1+1","a-transport-of-far-too-many-letters"]},
             "clientExtensionResults":{"credProps":{"rk":true}}}""";
    private static final String AUTHENTICATION = """
            {"id":"AQ","rawId":"AQ","type":"public-key",
             "response":{"clientDataJSON":"Ag","authenticatorData":"Aw","signature":"BA","userHandle":null}}""";

    @Test
    @Shows(steps = "§7.1 step 4, outputs of client extensions")
    void readsARegistrationAndLeavesOutWhatIsNoTransport() {
        RegistrationResponse response = Fixture.accepted(RegistrationResponse.parse(REGISTRATION));

        assertThat(response.clientDataJson()).isEqualTo(Bytes.ofBase64Url("Ag"));
        assertThat(response.attestationObject()).isEqualTo(Bytes.ofBase64Url("Aw"));
        assertThat(response.transports()).containsExactly("usb", "smart-card");
        assertThat(response.discoverable()).contains(true);
    }

    @Test
    void readsAnAuthenticationWithoutAUserHandle() {
        AuthenticationResponse response = Fixture.accepted(AuthenticationResponse.parse(AUTHENTICATION));

        assertThat(response.credentialId()).isEqualTo(Bytes.ofBase64Url("AQ"));
        assertThat(response.signature()).isEqualTo(Bytes.ofBase64Url("BA"));
        assertThat(response.userHandle()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "null",
                "7",
                "[]",
                "{}",
                "{\"type\":\"public-key\"}",
                "{\"type\":7,\"id\":\"AQ\",\"rawId\":\"AQ\"}",
                "{\"type\":\"password\",\"id\":\"AQ\",\"rawId\":\"AQ\",\"response\":{}}",
                "{\"type\":\"public-key\",\"id\":\"AQ\",\"rawId\":\"Ag\",\"response\":{}}",
                "{\"type\":\"public-key\",\"id\":\"AQ\",\"rawId\":\"AQ\"}",
                "{\"type\":\"public-key\",\"id\":\"AQ\",\"rawId\":\"AQ\",\"response\":[]}",
                "{\"type\":\"public-key\",\"id\":\"AQ\",\"rawId\":\"AQ\",\"response\":{\"clientDataJSON\":\"**\"}}",
                "{\"type\":\"public-key\",\"id\":\"AQ\",\"rawId\":\"AQ\",\"response\":{\"clientDataJSON\":7}}",
                "{\"type\":\"public-key\"} and more",
                "\u0000",
            })
    void refusesWhatIsNoAnswer(String json) {
        assertThat(RegistrationResponse.parse(json).refusal()).contains(FailureReason.RESPONSE_UNREADABLE);
        assertThat(AuthenticationResponse.parse(json).refusal()).contains(FailureReason.RESPONSE_UNREADABLE);
    }

    @Test
    void refusesDeepNestingBeforeItHurts() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);

        assertThat(RegistrationResponse.parse(deep).refusal()).contains(FailureReason.RESPONSE_UNREADABLE);
    }

    @Test
    void doesNotReadMoreThanAnyCeremonyNeeds() {
        String padding = " ".repeat(64 * 1024 - REGISTRATION.length());

        assertThat(RegistrationResponse.parse(REGISTRATION + padding).refusal()).isEmpty();
        assertThat(RegistrationResponse.parse(REGISTRATION + padding + " ").refusal())
                .contains(FailureReason.RESPONSE_TOO_LARGE);
    }
}
