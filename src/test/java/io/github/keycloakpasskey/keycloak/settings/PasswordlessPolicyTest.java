package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.webauthn.AttestationConveyance;
import io.github.keycloakpasskey.webauthn.AuthenticatorAttachment;
import io.github.keycloakpasskey.webauthn.ResidentKey;
import io.github.keycloakpasskey.webauthn.UserVerification;
import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.WebAuthnPolicy;

/** Keycloak does not check the texts of the WebAuthn Passwordless Policy, so this extension must. */
@Shows(Threat.VAIN_RULE)
class PasswordlessPolicyTest {

    private final List<String> problems = new ArrayList<>();

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "not specified"})
    void theDefaultAppliesToAChoiceThatIsNotSpecified(String text) {
        PasswordlessPolicy read = read(policy(text, text == null ? null : List.of(text)), text);

        assertThat(read.userVerification()).isEqualTo(UserVerification.PREFERRED);
        assertThat(read.attestation()).isEqualTo(AttestationConveyance.NONE);
        assertThat(read.residentKey()).isEqualTo(ResidentKey.PREFERRED);
        assertThat(read.attachment()).isEmpty();
        assertThat(read.algorithms()).containsExactly(CoseAlgorithm.ES256, CoseAlgorithm.RS256);
        assertThat(read.isReadable()).isTrue();
        assertThat(problems).isEmpty();
    }

    @Test
    void eachChoiceIsRead() {
        WebAuthnPolicy policy = policy("discouraged", List.of("Ed25519", "RS1"));
        policy.setAttestationConveyancePreference("indirect");
        policy.setAuthenticatorAttachment("cross-platform");

        PasswordlessPolicy read = read(policy, "discouraged");

        assertThat(read.userVerification()).isEqualTo(UserVerification.DISCOURAGED);
        assertThat(read.attestation()).isEqualTo(AttestationConveyance.INDIRECT);
        assertThat(read.residentKey()).isEqualTo(ResidentKey.DISCOURAGED);
        assertThat(read.attachment()).contains(AuthenticatorAttachment.CROSS_PLATFORM);
        assertThat(read.algorithms()).containsExactly(CoseAlgorithm.EDDSA, CoseAlgorithm.RS1);
        assertThat(read.isReadable()).isTrue();
        assertThat(problems).isEmpty();
    }

    @Test
    void theStrictestOptionAppliesToATextThatIsNoOption() {
        PasswordlessPolicy read = read(policy("requierd", List.of("ES256", "ES-384")), "requierd");

        assertThat(read.userVerification()).isEqualTo(UserVerification.REQUIRED);
        assertThat(read.attestation()).isEqualTo(AttestationConveyance.DIRECT);
        assertThat(read.residentKey()).isEqualTo(ResidentKey.REQUIRED);
        assertThat(read.isReadable())
                .as("neither attachment is the stricter one")
                .isFalse();
        assertThat(read.algorithms()).containsExactly(CoseAlgorithm.ES256);
        assertThat(problems)
                .containsExactly(
                        "User verification requirement: “requierd” is none of the choices",
                        "Attestation conveyance preference: “requierd” is none of the choices",
                        "Discoverable credential: “requierd” is none of the choices",
                        "Authenticator Attachment: “requierd” is none of the choices",
                        "Signature algorithms: “ES-384” is none of the choices");
    }

    @Test
    void aPolicyWithoutAKnownAlgorithmIsNotReadable() {
        PasswordlessPolicy read = read(policy(null, List.of("es256", "ML-DSA")), null);

        assertThat(read.algorithms()).isEmpty();
        assertThat(read.isReadable()).isFalse();
        assertThat(problems).hasSize(2);
    }

    /** The list is read for pages that anyone can open. */
    @Test
    void aPolicyWithTooManyAlgorithmsIsNotReadable() {
        PasswordlessPolicy read = read(policy(null, Collections.nCopies(100_000, "ES256")), null);

        assertThat(read.algorithms()).isEmpty();
        assertThat(read.isReadable()).isFalse();
        assertThat(problems)
                .containsExactly("Signature algorithms: there are 100000 algorithms; at most 50 are allowed");
    }

    @Test
    void anAlgorithmThatIsNamedTwiceIsOfferedOnce() {
        assertThat(read(policy(null, List.of("ES256", "ES256")), null).algorithms())
                .containsExactly(CoseAlgorithm.ES256);
    }

    @Test
    void oneKnownAlgorithmMakesThePolicyReadable() {
        assertThat(read(policy(null, Arrays.asList("ES256", "ML-DSA")), null).isReadable())
                .isTrue();
    }

    /** Keycloak 26.4 to 26.6 have no choice for discoverable credentials besides yes and no. */
    @ParameterizedTest
    @CsvSource({"Yes, REQUIRED", "No, PREFERRED", "not specified, PREFERRED"})
    void withoutTheNewerChoiceTheOlderOneDecidesWhetherAPasskeyMustBeDiscoverable(String older, ResidentKey expected) {
        WebAuthnPolicy policy = policy(null, null);
        policy.setRequireResidentKey(older);

        assertThat(read(policy, null).residentKey()).isEqualTo(expected);
    }

    @Test
    void theNewerChoiceOverridesTheOlderOne() {
        WebAuthnPolicy policy = policy(null, null);
        policy.setRequireResidentKey("Yes");

        assertThat(read(policy, "discouraged").residentKey()).isEqualTo(ResidentKey.DISCOURAGED);
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "90, 90", "3600, 3600"})
    void aTimeoutThatAStepCanHaveIsRead(int seconds, int expected) {
        assertThat(readTimeout(seconds)).contains(Duration.ofSeconds(expected));
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1, 10", "1, 10", "9, 10", "3601, 3600", "4294968, 3600", "2147483647, 3600"})
    void theNearestTimeoutOfAStepAppliesToOneThatNoStepCanHave(int seconds, int expected) {
        assertThat(readTimeout(seconds)).contains(Duration.ofSeconds(expected));
        assertThat(problems)
                .containsExactly("Timeout: " + seconds + " is no number from 10 to 3600; " + expected + " applies");
    }

    @Test
    void aTimeoutOfZeroIsNone() {
        assertThat(readTimeout(0)).isEmpty();
        assertThat(problems).isEmpty();
    }

    private Optional<Duration> readTimeout(int seconds) {
        WebAuthnPolicy policy = policy(null, null);
        policy.setCreateTimeout(seconds);
        return read(policy, null).timeout();
    }

    private PasswordlessPolicy read(WebAuthnPolicy policy, String residentKey) {
        return PasswordlessPolicy.read(
                policy,
                Optional.ofNullable(residentKey),
                (choice, value, problem) -> problems.add(choice + ": " + problem));
    }

    private static WebAuthnPolicy policy(String text, List<String> algorithms) {
        WebAuthnPolicy policy = new WebAuthnPolicy();
        policy.setUserVerificationRequirement(text);
        policy.setAttestationConveyancePreference(text);
        policy.setAuthenticatorAttachment(text);
        policy.setSignatureAlgorithm(algorithms);
        return policy;
    }
}
