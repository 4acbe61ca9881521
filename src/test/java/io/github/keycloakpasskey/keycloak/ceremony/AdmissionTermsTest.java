package io.github.keycloakpasskey.keycloak.ceremony;

import static io.github.keycloakpasskey.keycloak.ceremony.AccountLock.DISABLED;
import static io.github.keycloakpasskey.keycloak.ceremony.AccountLock.TEMPORARILY_LOCKED;
import static io.github.keycloakpasskey.keycloak.ceremony.AccountLock.USABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.keycloak.settings.DeniedModelPolicy;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdmissionTermsTest {

    private static final UUID DENIED = UUID.fromString("0bb43545-fd2c-4185-87dd-feb0b2916ace");
    private static final Optional<UUID> OTHER = Optional.of(UUID.fromString("ee882879-721c-4913-9775-3dfcce97072a"));

    private final AdmissionTerms defaults = AdmissionTerms.of(PasskeySettings.defaults());

    @Test
    @Shows(Threat.LOCK_OUT)
    void aVerifiedPasskeyAlonePassesATemporaryLock() {
        assertThat(defaults.refusal(TEMPORARILY_LOCKED, true, false, OTHER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, true", "false, true"})
    @Shows(Threat.BLOCKED_ACCOUNT)
    void aPasskeyThatIsUnverifiedOrASecondFactorDoesNotPassATemporaryLock(boolean userVerified, boolean secondFactor) {
        assertThat(defaults.refusal(TEMPORARILY_LOCKED, userVerified, secondFactor, OTHER))
                .contains(KeycloakReason.USER_TEMPORARILY_LOCKED);
    }

    @Test
    @Shows(Threat.BLOCKED_ACCOUNT)
    void aTemporaryLockHoldsWhereTheRealmSaysSo() {
        AdmissionTerms strict = new AdmissionTerms(false, DeniedModelPolicy.OFF, Set.of());

        assertThat(strict.refusal(TEMPORARILY_LOCKED, true, false, OTHER))
                .contains(KeycloakReason.USER_TEMPORARILY_LOCKED);
    }

    @Test
    @Shows(Threat.BLOCKED_ACCOUNT)
    void aDisabledAccountIsAlwaysRefused() {
        assertThat(defaults.refusal(DISABLED, true, false, OTHER)).contains(KeycloakReason.USER_DISABLED);
    }

    @Test
    void aUsableAccountNeedsNoVerification() {
        assertThat(defaults.refusal(USABLE, false, true, OTHER)).isEmpty();
    }

    @Test
    void aDeniedModelSignsInByDefault() {
        AdmissionTerms off = denying(DeniedModelPolicy.OFF);

        assertThat(defaults.atDeniedModel()).isEqualTo(DeniedModelPolicy.OFF);
        assertThat(off.refusal(USABLE, true, false, Optional.of(DENIED))).isEmpty();
        assertThat(off.reports(Optional.of(DENIED))).isFalse();
    }

    @Test
    void aDeniedModelIsReported() {
        AdmissionTerms report = denying(DeniedModelPolicy.REPORT);

        assertThat(report.refusal(USABLE, true, false, Optional.of(DENIED))).isEmpty();
        assertThat(report.reports(Optional.of(DENIED))).isTrue();
    }

    @Test
    void aDeniedModelIsRefusedAndReported() {
        AdmissionTerms refuse = denying(DeniedModelPolicy.REFUSE);

        assertThat(refuse.refusal(USABLE, true, false, Optional.of(DENIED))).contains(KeycloakReason.MODEL_DENIED);
        assertThat(refuse.reports(Optional.of(DENIED))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(DeniedModelPolicy.class)
    void anotherOrAnUnknownModelIsNotDenied(DeniedModelPolicy policy) {
        AdmissionTerms terms = denying(policy);

        assertThat(terms.refusal(USABLE, true, false, OTHER)).isEmpty();
        assertThat(terms.refusal(USABLE, true, false, Optional.empty())).isEmpty();
        assertThat(terms.reports(OTHER)).isFalse();
        assertThat(terms.reports(Optional.empty())).isFalse();
    }

    private static AdmissionTerms denying(DeniedModelPolicy policy) {
        return new AdmissionTerms(true, policy, Set.of(DENIED));
    }
}
