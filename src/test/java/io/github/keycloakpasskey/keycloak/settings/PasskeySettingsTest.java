package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.metadata.CertificationLevel;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.webauthn.AttestationConveyance;
import io.github.keycloakpasskey.webauthn.SignCountPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PasskeySettingsTest {

    private static final String MODEL = "0bb43545-fd2c-4185-87dd-feb0b2916ace";
    private static final String OTHER = "ee882879-721c-4913-9775-3dfcce97072a";

    private final List<String> problems = new ArrayList<>();

    @Test
    void untouchedSettingsAskForNothingAndTrustTheTruststore() {
        PasskeySettings settings = read(Map.of());

        assertThat(settings.allowedAaguids()).isEmpty();
        assertThat(settings.deniedAaguids()).isEmpty();
        assertThat(settings.deviceBoundOnly()).isFalse();
        assertThat(settings.formats()).isEmpty();
        assertThat(settings.trust()).containsExactly(TrustSource.TRUSTSTORE);
        assertThat(settings.leastCertification()).isEmpty();
        assertThat(settings.mostPasskeys()).isEmpty();
        assertThat(settings.signCount()).isEqualTo(SignCountPolicy.REFUSE);
        assertThat(settings.topOrigins()).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void severalValuesAreReadAsKeycloakJoinsThemAndAsPeopleWriteThem() {
        for (String between : List.of("##", ",", " , ", "\n", " ")) {
            assertThat(read(Map.of("aaguids-denied", MODEL + between + OTHER.toUpperCase(Locale.ROOT)))
                            .deniedAaguids())
                    .containsExactlyInAnyOrder(MODEL, OTHER);
        }
        assertThat(problems).isEmpty();
    }

    /** A realm file is not checked when it is imported. */
    @Test
    void somethingStrictRulesInPlaceOfWhatCannotBeRead() {
        PasskeySettings settings = read(Map.of(
                "aaguids-allowed", "any",
                "aaguids-denied", MODEL + " yubikey",
                "kind", "synced",
                "attestation-formats", "x509",
                "attestation-trust", "everybody",
                "attestation-roots", "none",
                "least-certification", "high",
                "most-passkeys", "-1",
                "sign-count", "ignore",
                "top-origins", "*"));

        assertThat(settings.allowedAaguids()).containsExactly("any");
        assertThat(settings.deniedAaguids()).containsExactly(MODEL);
        assertThat(settings.deviceBoundOnly()).isTrue();
        assertThat(settings.formats()).containsExactly("x509");
        assertThat(settings.trust()).isEmpty();
        assertThat(settings.roots().certificates()).isEmpty();
        assertThat(settings.leastCertification()).contains(CertificationLevel.L3_PLUS);
        assertThat(settings.mostPasskeys()).isEqualTo(OptionalInt.of(1));
        assertThat(settings.signCount()).isEqualTo(SignCountPolicy.REFUSE);
        assertThat(settings.topOrigins()).isEmpty();
        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "aaguids-allowed",
                        "aaguids-denied",
                        "kind",
                        "attestation-formats",
                        "attestation-trust",
                        "attestation-roots",
                        "least-certification",
                        "most-passkeys",
                        "sign-count",
                        "top-origins");
    }

    @Test
    @Shows(Threat.VAIN_RULE)
    void oneEntryThatCannotBeReadDisarmsNoneOfTheOthers() {
        String upperCase = MODEL.toUpperCase(Locale.ROOT);

        assertThat(read(Map.of("aaguids-denied", upperCase + "##yubikey")).deniedAaguids())
                .containsExactly(MODEL);
        assertThat(read(Map.of("aaguids-denied", "{" + upperCase + "};" + OTHER))
                        .deniedAaguids())
                .containsExactlyInAnyOrder(MODEL, OTHER);
        assertThat(read(Map.of("aaguids-allowed", upperCase + "##yubikey")).allowedAaguids())
                .containsExactlyInAnyOrder(MODEL, "yubikey");
        assertThat(problems).containsExactly("aaguids-denied", "aaguids-denied", "aaguids-allowed");
    }

    @Test
    void settingsThatContradictThePolicyAreAProblem() {
        assertThat(problems(Map.of("aaguids-allowed", MODEL), AttestationConveyance.NONE))
                .containsOnlyKeys("aaguids-allowed");
        assertThat(problems(Map.of("aaguids-allowed", MODEL), AttestationConveyance.DIRECT))
                .isEmpty();
        assertThat(problems(Map.of("aaguids-allowed", MODEL, "attestation-trust", "any"), AttestationConveyance.DIRECT))
                .containsOnlyKeys("aaguids-allowed");
        assertThat(problems(Map.of("attestation-formats", "packed"), AttestationConveyance.NONE))
                .containsOnlyKeys("attestation-formats");
        assertThat(problems(Map.of("attestation-formats", "none"), AttestationConveyance.DIRECT))
                .containsOnlyKeys("attestation-formats");
        assertThat(problems(Map.of("attestation-formats", "packed##tpm"), AttestationConveyance.DIRECT))
                .isEmpty();
    }

    @Test
    void aProblemSaysWhichFieldItIsAbout() {
        assertThat(problems(Map.of("most-passkeys", "many"), AttestationConveyance.NONE))
                .containsValue("Largest number of passkeys: “many” is no number from 1 to 1000");
    }

    @Test
    void metadataNeedsAServerThatHasIt() {
        Map<String, String> config = Map.of("attestation-trust", "metadata", "least-certification", "L1");

        assertThat(SettingsCheck.problems(config, AttestationConveyance.DIRECT, false))
                .containsOnlyKeys("attestation-trust");
        assertThat(SettingsCheck.problems(config, AttestationConveyance.DIRECT, true))
                .isEmpty();
    }

    private static Map<String, String> problems(Map<String, String> config, AttestationConveyance conveyance) {
        return SettingsCheck.problems(config, conveyance, false);
    }

    private PasskeySettings read(Map<String, String> config) {
        return PasskeySettings.read(config, (setting, problem) -> problems.add(setting.name()));
    }
}
