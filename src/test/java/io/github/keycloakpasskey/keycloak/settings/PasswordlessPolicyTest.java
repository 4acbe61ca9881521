package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.webauthn.AttestationConveyance;
import io.github.keycloakpasskey.webauthn.AuthenticatorAttachment;
import io.github.keycloakpasskey.webauthn.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.ResidentKey;
import io.github.keycloakpasskey.webauthn.UserVerification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.WebAuthnPolicy;

/** How the texts of the realm's WebAuthn Passwordless Policy are read, which Keycloak stores as they come. */
@Shows(Threat.VAIN_RULE)
class PasswordlessPolicyTest {

    private final List<String> problems = new ArrayList<>();

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "not specified"})
    void whatIsNotSpecifiedIsLeftToTheDefault(String text) {
        PasswordlessPolicy read = read(policy(text, text == null ? null : List.of(text)), text);

        assertThat(read)
                .isEqualTo(new PasswordlessPolicy(
                        UserVerification.PREFERRED,
                        AttestationConveyance.NONE,
                        ResidentKey.PREFERRED,
                        Optional.empty(),
                        List.of(CoseAlgorithm.ES256, CoseAlgorithm.RS256),
                        true));
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
        assertThat(read.readable()).isTrue();
        assertThat(problems).isEmpty();
    }

    /** A slip of the pen in a realm file or in Terraform. */
    @Test
    void whatIsNoneOfTheChoicesIsReadStrictly() {
        PasswordlessPolicy read = read(policy("requierd", List.of("ES256", "ES-384")), "requierd");

        assertThat(read.userVerification()).isEqualTo(UserVerification.REQUIRED);
        assertThat(read.attestation()).isEqualTo(AttestationConveyance.DIRECT);
        assertThat(read.residentKey()).isEqualTo(ResidentKey.REQUIRED);
        assertThat(read.readable()).as("neither attachment is the stricter one").isFalse();
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
    void whereNoAlgorithmIsKnownThereIsNone() {
        PasswordlessPolicy read = read(policy(null, List.of("es256", "ML-DSA")), null);

        assertThat(read.algorithms()).isEmpty();
        assertThat(read.readable()).isFalse();
        assertThat(problems).hasSize(2);
    }

    @Test
    void someAlgorithmsAreEnough() {
        assertThat(read(policy(null, Arrays.asList("ES256", "ML-DSA")), null).readable())
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

    private PasswordlessPolicy read(WebAuthnPolicy policy, String residentKey) {
        return PasswordlessPolicy.read(
                policy, Optional.ofNullable(residentKey), (choice, problem) -> problems.add(choice + ": " + problem));
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
