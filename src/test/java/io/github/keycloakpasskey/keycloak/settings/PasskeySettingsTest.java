package io.github.keycloakpasskey.keycloak.settings;

import static io.github.keycloakpasskey.keycloak.settings.PasskeySettings.ALLOWED_AAGUIDS;
import static io.github.keycloakpasskey.keycloak.settings.PasskeySettings.ATTESTATION_FORMATS;
import static io.github.keycloakpasskey.keycloak.settings.PasskeySettings.ATTESTATION_ROOTS;
import static io.github.keycloakpasskey.keycloak.settings.PasskeySettings.ATTESTATION_TRUST;
import static io.github.keycloakpasskey.keycloak.settings.PasskeySettings.BACKUP_ELIGIBILITY;
import static io.github.keycloakpasskey.keycloak.settings.PasskeySettings.DENIED_AAGUIDS;
import static io.github.keycloakpasskey.keycloak.settings.PasskeySettings.DEVICE_BOUND_ONLY;
import static io.github.keycloakpasskey.keycloak.settings.PasskeySettings.MAX_PASSKEYS;
import static io.github.keycloakpasskey.keycloak.settings.PasskeySettings.MIN_CERTIFICATION;
import static io.github.keycloakpasskey.keycloak.settings.PasskeySettings.NAMING_AUTHENTICATORS;
import static io.github.keycloakpasskey.keycloak.settings.PasskeySettings.PROVING_AUTHENTICATORS;
import static io.github.keycloakpasskey.keycloak.settings.PasskeySettings.SIGN_COUNT;
import static io.github.keycloakpasskey.keycloak.settings.PasskeySettings.TOP_ORIGINS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.metadata.CertificationLevel;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Stub;
import io.github.keycloakpasskey.webauthn.AttestationConveyance;
import io.github.keycloakpasskey.webauthn.BackupEligibilityPolicy;
import io.github.keycloakpasskey.webauthn.SignCountPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;

class PasskeySettingsTest {

    private static final String MODEL = "0bb43545-fd2c-4185-87dd-feb0b2916ace";
    private static final String OTHER = "ee882879-721c-4913-9775-3dfcce97072a";

    private final List<String> problems = new ArrayList<>();

    @Test
    void theTruststoreIsTrustedAndNothingElseIsRequiredIfNothingIsSet() {
        PasskeySettings settings = read(Map.of());

        assertThat(settings.get(ALLOWED_AAGUIDS)).isEmpty();
        assertThat(settings.get(DENIED_AAGUIDS)).isEmpty();
        assertThat(settings.get(DEVICE_BOUND_ONLY)).isFalse();
        assertThat(settings.get(ATTESTATION_FORMATS)).isEmpty();
        assertThat(settings.get(ATTESTATION_TRUST)).containsExactly(TrustSource.TRUSTSTORE);
        assertThat(settings.get(MIN_CERTIFICATION)).isEmpty();
        assertThat(settings.get(MAX_PASSKEYS)).hasValue(64);
        assertThat(settings.get(SIGN_COUNT)).isEqualTo(SignCountPolicy.REFUSE);
        assertThat(settings.get(BACKUP_ELIGIBILITY)).isEqualTo(BackupEligibilityPolicy.REFUSE);
        assertThat(settings.get(TOP_ORIGINS)).isEmpty();
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "64, 64", "65, 64", "1000, 64", "0, 1", "1001a, 1", "99999, 1"})
    void aLargestNumberThatBrowsersCannotListBecomesTheLargestThatTheyCan(String text, int expected) {
        PasskeySettings settings = read(Map.of("most-passkeys", text));

        assertThat(settings.get(MAX_PASSKEYS)).hasValue(expected);
    }

    @Test
    void valuesAreSeparatedByHashesCommasBlanksOrLines() {
        for (String between : List.of("##", ",", " , ", "\n", " ")) {
            assertThat(read(Map.of("aaguids-denied", MODEL + between + OTHER.toUpperCase(Locale.ROOT)))
                            .get(DENIED_AAGUIDS))
                    .containsExactlyInAnyOrder(UUID.fromString(MODEL), UUID.fromString(OTHER));
        }
        assertThat(problems).isEmpty();
    }

    /** Keycloak does not check settings when it imports a realm. */
    @Test
    void aStrictValueAppliesInPlaceOfAnInvalidOne() {
        PasskeySettings settings = read(Map.of(
                "aaguids-allowed", "any",
                "aaguids-denied", MODEL + " yubikey",
                "kind", "synced",
                "attestation-formats", "x509",
                "attestation-trust", "everybody",
                "attestation-roots", "none",
                "least-certification", "high",
                "most-passkeys", "many",
                "sign-count", "ignore",
                "top-origins", "*"));

        assertThat(settings.get(ALLOWED_AAGUIDS))
                .as("an empty set would allow every model")
                .hasSize(1);
        assertThat(settings.get(DENIED_AAGUIDS)).containsExactly(UUID.fromString(MODEL));
        assertThat(settings.get(DEVICE_BOUND_ONLY)).isTrue();
        assertThat(settings.get(ATTESTATION_FORMATS)).contains(Set.of());
        assertThat(settings.get(ATTESTATION_TRUST)).isEmpty();
        assertThat(settings.get(ATTESTATION_ROOTS).certificates()).isEmpty();
        assertThat(settings.get(MIN_CERTIFICATION)).contains(CertificationLevel.L3_PLUS);
        assertThat(settings.get(MAX_PASSKEYS)).isEqualTo(OptionalInt.of(1));
        assertThat(settings.get(SIGN_COUNT)).isEqualTo(SignCountPolicy.REFUSE);
        assertThat(settings.get(TOP_ORIGINS)).isEmpty();
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

        assertThat(read(Map.of("aaguids-denied", upperCase + "##yubikey")).get(DENIED_AAGUIDS))
                .containsExactly(UUID.fromString(MODEL));
        assertThat(read(Map.of("aaguids-denied", "{" + upperCase + "};" + OTHER))
                        .get(DENIED_AAGUIDS))
                .containsExactlyInAnyOrder(UUID.fromString(MODEL), UUID.fromString(OTHER));
        assertThat(read(Map.of("aaguids-allowed", upperCase + "##yubikey")).get(ALLOWED_AAGUIDS))
                .hasSize(2)
                .contains(UUID.fromString(MODEL));
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
    void sitesThatMayEmbedThePagesAreReadAsBrowsersWriteThem() {
        List<String> remarks = new ArrayList<>();
        PasskeySettings settings = PasskeySettings.of(
                Map.of("top-origins", "https://Shop.example.com:443/##https://www.example.com"),
                new Setting.Problems() {

                    @Override
                    public void report(Setting<?> setting, String value, String problem) {
                        problems.add(problem);
                    }

                    @Override
                    public void remark(Setting<?> setting, String value, String remark) {
                        remarks.add(setting.key() + ": " + remark);
                    }
                });

        assertThat(settings.get(TOP_ORIGINS))
                .containsExactlyInAnyOrder("https://shop.example.com", "https://www.example.com");
        assertThat(remarks)
                .containsExactly("top-origins: “https://Shop.example.com:443/” is read as “https://shop.example.com”");
        assertThat(problems).isEmpty();
    }

    /** Settings are read for pages that anyone can open. */
    @Test
    @Shows(Threat.SLOW_SETTINGS)
    void aTextThatIsTooLongOrHasTooManyOriginsIsRefusedWithoutBeingRead() {
        for (String tooMany : List.of(origins(201), origins(100_000))) {
            assertThat(read(Map.of("top-origins", tooMany)).get(TOP_ORIGINS)).isEmpty();
            assertThat(problems(Map.of("top-origins", tooMany), AttestationConveyance.NONE))
                    .containsOnlyKeys("top-origins");
        }
        assertThat(problems).containsExactly("top-origins", "top-origins");
        assertThat(read(Map.of("top-origins", origins(200))).get(TOP_ORIGINS)).hasSize(200);
        assertThat(problems(Map.of("most-passkeys", "1".repeat(70_000)), AttestationConveyance.NONE))
                .containsValue("Largest number of passkeys: it has 70000 characters; at most 65536 are allowed");
    }

    @Test
    @Shows(Threat.SLOW_SETTINGS)
    void onlyTheBeginningOfATextThatIsTooLongIsSearchedForDeniedModels() {
        String tooLong = MODEL + "-".repeat(70_000) + OTHER;

        assertThat(read(Map.of("aaguids-denied", tooLong)).get(DENIED_AAGUIDS)).containsExactly(UUID.fromString(MODEL));
    }

    private static String origins(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> "https://site" + number + ".example.com")
                .collect(Collectors.joining("##"));
    }

    static Stream<Setting<Set<String>>> settingsOfAuthenticators() {
        return Stream.of(PROVING_AUTHENTICATORS, NAMING_AUTHENTICATORS);
    }

    @ParameterizedTest
    @MethodSource("settingsOfAuthenticators")
    void authenticatorsOfOtherExtensionsAreNamedByTheirProviderIds(Setting<Set<String>> setting) {
        String longest = "x".repeat(255);

        assertThat(read(Map.of()).get(setting)).isEmpty();
        assertThat(read(Map.of(setting.key(), "my-sms##ACME_otp.2," + longest)).get(setting))
                .containsExactly("my-sms", "ACME_otp.2", longest);
        assertThat(read(Map.of(setting.key(), authenticators(50))).get(setting)).hasSize(50);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("settingsOfAuthenticators")
    @Shows(Threat.VAIN_RULE)
    void noAuthenticatorIsTrustedIfOneProviderIdIsInvalid(Setting<Set<String>> setting) {
        for (String invalid : List.of("my-sms##my/otp", "my-sms##ümlaut", "x".repeat(256), authenticators(51))) {
            assertThat(read(Map.of(setting.key(), invalid)).get(setting)).isEmpty();
        }

        assertThat(problems).hasSize(4).containsOnly(setting.key());
        assertThat(problems(Map.of(setting.key(), "my/otp"), AttestationConveyance.NONE))
                .isEqualTo(Map.of(
                        setting.key(),
                        setting.label()
                                + ": “my/otp” is no provider ID; one has up to 255 letters, digits, dots, hyphens and"
                                + " underscores"));
        assertThat(problems(Map.of(setting.key(), authenticators(51)), AttestationConveyance.NONE))
                .isEqualTo(Map.of(setting.key(), setting.label() + ": there are 51 IDs; at most 50 are allowed"));
    }

    private static String authenticators(int count) {
        return IntStream.range(0, count).mapToObj(number -> "my-" + number).collect(Collectors.joining("##"));
    }

    @Test
    void aProblemNamesItsField() {
        assertThat(problems(Map.of("most-passkeys", "many"), AttestationConveyance.NONE))
                .containsValue("Largest number of passkeys: “many” is no number from 1 to 64");
    }

    @Test
    void metadataCanOnlyBeTrustedIfTheServerHasThem() {
        Map<String, String> config = Map.of("attestation-trust", "metadata", "least-certification", "L1");

        assertThat(SettingsCheck.problems(config, AttestationConveyance.DIRECT, false))
                .containsOnlyKeys("attestation-trust");
        assertThat(SettingsCheck.problems(config, AttestationConveyance.DIRECT, true))
                .isEmpty();
    }

    /** Settings are read for pages that anyone can open. */
    @Test
    void anInvalidValueIsLoggedOnceAndInOneShortLine() {
        RealmModel realm = realm(Map.of("sign-count", "ignore\nWARN all is well\u202e".repeat(2000)));
        RecordedLines recorder = new RecordedLines();
        Logger log = Logger.getLogger(ProblemLog.class.getName());
        log.addHandler(recorder);

        for (int page = 0; page < 3; page++) {
            assertThat(PasskeySettings.of(realm).get(SIGN_COUNT)).isEqualTo(SignCountPolicy.REFUSE);
        }

        log.removeHandler(recorder);

        assertThat(recorder.lines).singleElement().satisfies(line -> assertThat(line)
                .startsWith("realm “demo”, required action passkey-register, setting sign-count: “ignore\\u{a}WARN all")
                .hasSizeLessThan(200)
                .doesNotContain("\n", "\u202e"));
    }

    private static RealmModel realm(Map<String, String> config) {
        RequiredActionConfigModel stored = new RequiredActionConfigModel();
        stored.setConfig(config);
        String id = UUID.randomUUID().toString();
        return Stub.of(
                RealmModel.class,
                Map.of(
                        "getId", arguments -> id,
                        "getName", arguments -> "demo",
                        "getRequiredActionConfigByAlias", arguments -> stored));
    }

    private static Map<String, String> problems(Map<String, String> config, AttestationConveyance conveyance) {
        return SettingsCheck.problems(config, conveyance, false);
    }

    private PasskeySettings read(Map<String, String> config) {
        return PasskeySettings.of(config, (setting, value, problem) -> problems.add(setting.key()));
    }

    private static final class RecordedLines extends Handler {

        private final List<String> lines = new ArrayList<>();

        @Override
        public void publish(LogRecord logged) {
            lines.add(logged.getMessage());
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // No resources.
        }
    }
}
