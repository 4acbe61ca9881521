package io.github.keycloakpasskey.keycloak.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.webauthn.FailureReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Shows(Threat.ACCOUNT_PROBE)
class JudgementTest {

    @ParameterizedTest
    @EnumSource(
            value = FailureReason.class,
            names = {"CREDENTIAL_UNKNOWN", "CREDENTIAL_NOT_ALLOWED", "USER_HANDLE_MISMATCH", "SIGNATURE_INVALID"})
    void aStoredAndAnUnknownPasskeyAreRefusedWithTheSamePublicReason(FailureReason reason) {
        assertThat(publicReason(Judgement.refused(reason, CeremonyEvidence.NONE)))
                .isEqualTo("signature-invalid");
        assertThat(publicReason(ofUnknown(reason))).isEqualTo("signature-invalid");
    }

    @Test
    void aFaultThatDoesNotDependOnTheStoredPasskeyIsTold() {
        assertThat(publicReason(ofUnknown(FailureReason.ORIGIN_NOT_ALLOWED))).isEqualTo("origin-not-allowed");
        assertThat(publicReason(Judgement.refused(FailureReason.ORIGIN_NOT_ALLOWED, CeremonyEvidence.NONE)))
                .isEqualTo("origin-not-allowed");
    }

    @Test
    void whatTheOwnerHasProvenToBeTheirsIsTold() {
        assertThat(publicReason(Judgement.refused(FailureReason.USER_MISMATCH, CeremonyEvidence.NONE)))
                .isEqualTo("user-mismatch");
        assertThat(publicReason(Judgement.refused(FailureReason.BACKUP_ELIGIBILITY_CHANGED, CeremonyEvidence.NONE)))
                .isEqualTo("backup-eligibility-changed");
        assertThat(publicReason(Judgement.refused(KeycloakReason.USER_DISABLED, CeremonyEvidence.NONE)))
                .isEqualTo("user-disabled");
    }

    @Test
    void theVerdictForEventsSaysThatThePasskeyIsUnknown() {
        assertThat(ofUnknown(FailureReason.SIGNATURE_INVALID)
                        .verdict()
                        .refusal()
                        .map(RefusalReason::code))
                .contains("credential-unknown");
    }

    /** The refusal of an unknown passkey, of which a stored one would be refused for this reason. */
    private static Judgement<String> ofUnknown(FailureReason ifStored) {
        return Judgement.refused(FailureReason.CREDENTIAL_UNKNOWN, CeremonyEvidence.NONE.notStored(ifStored));
    }

    private static String publicReason(Judgement<?> judgement) {
        return judgement.publicVerdict().refusal().map(RefusalReason::code).orElseThrow();
    }
}
