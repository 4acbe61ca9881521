package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.metadata.MetadataService;
import io.github.keycloakpasskey.metadata.MetadataSettings;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Pem;
import io.github.keycloakpasskey.testbed.TestCertificateAuthority;
import io.github.keycloakpasskey.webauthn.AttestationTrust;
import io.github.keycloakpasskey.webauthn.AuthenticatorModel;
import io.github.keycloakpasskey.webauthn.FailureReason;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources of trusted certificates if settings contradict each other or metadata are missing. */
@Shows(Threat.VAIN_RULE)
class AttestationSourcesTest {

    private static final TestCertificateAuthority VENDOR = TestCertificateAuthority.root("Vendor");
    private static final AuthenticatorModel MODEL =
            new AuthenticatorModel(UUID.fromString("0bb43545-fd2c-4185-87dd-feb0b2916ace"), Optional.empty());

    private final AttestationSources withoutMetadata = new AttestationSources(Optional.empty());

    @TempDir
    Path directory;

    @Test
    void nobodyHasToVouchWhereAnybodyMay() {
        assertThat(trust(withoutMetadata, Map.of("attestation-trust", "any"))).isEmpty();
    }

    @Test
    void nobodyIsAcceptedWhereTheServerWasNotToldOfTheMetadataThatAreChosen() {
        AttestationTrust metadata =
                trust(withoutMetadata, Map.of("attestation-trust", "metadata")).orElseThrow();
        AttestationTrust both = trust(withoutMetadata, pem("metadata##pem")).orElseThrow();

        assertThat(metadata.objection(MODEL)).contains(FailureReason.METADATA_UNAVAILABLE);
        assertThat(both.objection(MODEL)).contains(FailureReason.METADATA_UNAVAILABLE);
    }

    @Test
    void nobodyIsCertifiedWhereNoMetadataAreChosen() {
        for (String chosen : new String[] {"pem", "any"}) {
            assertThat(trust(withoutMetadata, certified(pem(chosen)))
                            .orElseThrow()
                            .objection(MODEL))
                    .contains(FailureReason.AUTHENTICATOR_NOT_CERTIFIED);
        }
    }

    @Test
    void anyTakesNothingAwayFromTheOthers() {
        assertThat(trust(withoutMetadata, pem("any##pem")).orElseThrow().anchors(MODEL))
                .containsExactly(VENDOR.certificate());
    }

    /** They are loaded a moment after the start, or later where the network is down. */
    @Test
    void onlyWhatRestsOnMetadataWaitsForThem() {
        try (MetadataService never = MetadataService.start(new MetadataSettings(
                directory.resolve("missing.jwt").toString(), Optional.empty(), Optional.empty(), Optional.empty()))) {
            AttestationSources waiting = new AttestationSources(Optional.of(never));
            AttestationTrust both = trust(waiting, pem("metadata##pem")).orElseThrow();

            assertThat(both.objection(MODEL)).isEmpty();
            assertThat(both.anchors(MODEL)).containsExactly(VENDOR.certificate());
            assertThat(both.distrust()).isEqualTo(FailureReason.METADATA_UNAVAILABLE);
            assertThat(trust(waiting, certified(pem("metadata##pem")))
                            .orElseThrow()
                            .objection(MODEL))
                    .contains(FailureReason.METADATA_UNAVAILABLE);
            assertThat(waiting.isWaitingFor(settings(pem("metadata##pem")))).isTrue();
            assertThat(waiting.isWaitingFor(settings(pem("pem")))).isFalse();
        }
    }

    private static Map<String, String> pem(String trust) {
        return Map.of("attestation-trust", trust, "attestation-roots", Pem.of(VENDOR.certificate()));
    }

    private static Map<String, String> certified(Map<String, String> config) {
        return Map.of(
                "attestation-trust",
                config.get("attestation-trust"),
                "attestation-roots",
                config.get("attestation-roots"),
                "least-certification",
                "listed");
    }

    private static PasskeySettings settings(Map<String, String> config) {
        return PasskeySettings.of(config, (setting, value, problem) -> {});
    }

    private static Optional<AttestationTrust> trust(AttestationSources sources, Map<String, String> config) {
        return sources.chosenBy(settings(config), null);
    }
}
