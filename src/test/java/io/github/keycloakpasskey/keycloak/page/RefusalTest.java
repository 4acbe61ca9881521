package io.github.keycloakpasskey.keycloak.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.keycloak.ceremony.CeremonyEvidence;
import io.github.keycloakpasskey.keycloak.ceremony.ClaimedDetails;
import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.ceremony.RefusalReason;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.webauthn.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalTest {

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    @Shows(Threat.UNNOTICED)
    void everyReasonOfWebAuthnHasAnEventErrorAndAText(FailureReason reason) throws IOException {
        assertIsTold(Refusal.of(reason), RefusalReason.of(reason));
    }

    @ParameterizedTest
    @EnumSource(KeycloakReason.class)
    @Shows(Threat.UNNOTICED)
    void everyReasonOfKeycloakHasAnEventErrorAndAText(KeycloakReason reason) throws IOException {
        assertIsTold(Refusal.of(reason), RefusalReason.of(reason));
    }

    private static void assertIsTold(Refusal refusal, RefusalReason reason) throws IOException {
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.eventError()).matches("[a-z_]+");
        assertThat(texts().getProperty(refusal.messageKey())).isNotBlank();
    }

    @Test
    void noReasonHasTheNameOfAnother() {
        Stream<String> codes = Stream.concat(
                Arrays.stream(FailureReason.values()).map(FailureReason::code),
                Arrays.stream(KeycloakReason.values()).map(KeycloakReason::code));

        assertThat(codes).doesNotHaveDuplicates();
    }

    @Test
    void thePageSaysTheSameOfAnUnknownPasskeyAsOfAWrongSignature() {
        Refusal refusal = unknownThatWouldBe(FailureReason.SIGNATURE_INVALID);

        assertThat(refusal.reason()).isEqualTo(RefusalReason.of(FailureReason.CREDENTIAL_UNKNOWN));
        assertThat(refusal.messageKey())
                .isEqualTo(Refusal.of(FailureReason.SIGNATURE_INVALID).messageKey());
    }

    @Test
    void anotherFaultIsToldOfAnUnknownPasskeyAsOfAStoredOne() {
        assertThat(unknownThatWouldBe(FailureReason.ORIGIN_NOT_ALLOWED))
                .isEqualTo(Refusal.of(FailureReason.ORIGIN_NOT_ALLOWED));
    }

    private static Refusal unknownThatWouldBe(FailureReason ifStored) {
        return Refusal.of(
                RefusalReason.of(FailureReason.CREDENTIAL_UNKNOWN),
                new CeremonyEvidence(Optional.empty(), Optional.of(ifStored), Map.of(), ClaimedDetails.NONE));
    }

    private static Properties texts() throws IOException {
        Properties texts = new Properties();
        try (InputStream file =
                RefusalTest.class.getResourceAsStream("/theme-resources/messages/messages_en.properties")) {
            texts.load(file);
        }
        return texts;
    }
}
