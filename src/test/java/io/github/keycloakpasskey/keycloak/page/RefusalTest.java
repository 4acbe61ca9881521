package io.github.keycloakpasskey.keycloak.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.keycloak.ceremony.CeremonyEvidence;
import io.github.keycloakpasskey.keycloak.ceremony.ClaimedDetails;
import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.ceremony.RefusalReason;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.PageTexts;
import io.github.keycloakpasskey.webauthn.FailureReason;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    @Shows(Threat.UNNOTICED)
    void everyReasonOfWebAuthnHasAnEventErrorAndAText(FailureReason reason) {
        assertIsTold(Refusal.of(reason), RefusalReason.of(reason));
    }

    @ParameterizedTest
    @EnumSource(KeycloakReason.class)
    @Shows(Threat.UNNOTICED)
    void everyReasonOfKeycloakHasAnEventErrorAndAText(KeycloakReason reason) {
        assertIsTold(Refusal.of(reason), RefusalReason.of(reason));
    }

    @ParameterizedTest
    @MethodSource("allReasons")
    void aRegistrationIsRefusedInWordsAboutRegistration(RefusalReason reason) {
        Refusal refusal = Refusal.ofRegistration(reason);

        assertIsTold(refusal, reason);
        assertThat(texts().get(refusal.messageKey()))
                .doesNotContain("sign in another way", "can’t sign in", "not known here any more", "is signing in");
        assertThat(refusal.eventError()).isEqualTo(Refusal.of(reason).eventError());
    }

    /** All reasons but those that only a stored passkey can have. */
    static Stream<RefusalReason> allReasons() {
        return Stream.concat(
                Arrays.stream(FailureReason.values())
                        .filter(reason -> reason != FailureReason.BACKUP_ELIGIBILITY_CHANGED)
                        .map(RefusalReason::of),
                Arrays.stream(KeycloakReason.values())
                        .filter(reason -> reason != KeycloakReason.MODEL_DENIED)
                        .map(RefusalReason::of));
    }

    @Test
    void aPublicKeyThatCannotBeReadIsToldOfTheNewPasskey() {
        Refusal refusal = Refusal.ofRegistration(RefusalReason.of(FailureReason.PUBLIC_KEY_INVALID));

        assertThat(texts().get(refusal.messageKey())).contains("it was not saved");
    }

    private static void assertIsTold(Refusal refusal, RefusalReason reason) {
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.eventError()).matches("[a-z_]+");
        assertThat(texts().get(refusal.messageKey())).isNotBlank();
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

    private static Map<String, String> texts() {
        return PageTexts.ofThisExtension();
    }
}
