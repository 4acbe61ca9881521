package io.github.keycloakpasskey.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What browsers are asked, to the letter of WebAuthn Level 3 §5.1.8 and §5.1.9. */
class OptionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<CredentialDescriptor> KNOWN = List.of(
            new CredentialDescriptor(Fixture.utf8("first"), List.of("usb", "nfc")),
            new CredentialDescriptor(Fixture.utf8("second"), List.of()));

    @Test
    @Shows(steps = "§7.1 step 1, the options")
    void registrationOptionsSayAllThatThePolicyAsks() throws JsonProcessingException {
        RelyingPartyPolicy policy = RelyingPartyPolicy.builder("example.org", "Example")
                .origins(Set.of(Fixture.ORIGIN))
                .algorithms(List.of(CoseAlgorithm.EDDSA, CoseAlgorithm.ES256))
                .userVerification(UserVerification.PREFERRED)
                .residentKey(ResidentKey.REQUIRED)
                .timeout(Optional.of(Duration.ofSeconds(90)))
                .hints(List.of(Hint.HYBRID, Hint.SECURITY_KEY))
                .attestation(new AttestationPolicy(AttestationConveyance.DIRECT, Optional.empty(), Optional.empty()))
                .authenticators(new AuthenticatorPolicy(
                        Optional.of(AuthenticatorAttachment.CROSS_PLATFORM), Optional.empty(), Set.of(), false))
                .build();
        RegistrationOptions options = new RelyingParty(policy).registrationOptions(Fixture.USER, KNOWN);

        String expected = """
                {"rp":{"id":"example.org","name":"Example"},
                 "user":{"id":"YW4gb3BhcXVlIGhhbmRsZQ","name":"alice","displayName":"Alice Example"},
                 "challenge":"%s",
                 "pubKeyCredParams":[{"type":"public-key","alg":-8},{"type":"public-key","alg":-7}],
                 "timeout":90000,
                 "excludeCredentials":[{"type":"public-key","id":"Zmlyc3Q","transports":["usb","nfc"]},
                                       {"type":"public-key","id":"c2Vjb25k"}],
                 "authenticatorSelection":{"authenticatorAttachment":"cross-platform","residentKey":"required",
                                           "requireResidentKey":true,"userVerification":"preferred"},
                 "hints":["hybrid","security-key"],
                 "attestation":"direct",
                 "extensions":{"credProps":true}}
                """.formatted(options.challenge().value());
        assertThat(JSON.readTree(options.toJson())).isEqualTo(JSON.readTree(expected));
    }

    @Test
    @Shows(steps = "§7.2 step 1, the options")
    void authenticationOptionsNameTheKnownPasskeys() throws JsonProcessingException {
        AuthenticationOptions options = new RelyingParty(Fixture.POLICY).authenticationOptions(KNOWN);

        String expected = """
                {"challenge":"%s","rpId":"example.org","userVerification":"required",
                 "allowCredentials":[{"type":"public-key","id":"Zmlyc3Q","transports":["usb","nfc"]},
                                     {"type":"public-key","id":"c2Vjb25k"}]}
                """.formatted(options.challenge().value());
        assertThat(JSON.readTree(options.toJson())).isEqualTo(JSON.readTree(expected));
    }

    @Test
    void hintsAreToldInBothCeremonies() throws JsonProcessingException {
        RelyingParty hybrid = new RelyingParty(Fixture.hinting(Hint.HYBRID, Hint.SECURITY_KEY));

        assertThat(JSON.readTree(hybrid.authenticationOptions(KNOWN).toJson()).path("hints"))
                .isEqualTo(JSON.readTree("[\"hybrid\",\"security-key\"]"));
        assertThat(JSON.readTree(hybrid.registrationOptions(Fixture.USER, KNOWN).toJson())
                        .path("hints"))
                .isEqualTo(JSON.readTree("[\"hybrid\",\"security-key\"]"));
    }

    /** §5.8.7: for browsers that know no hints. */
    @Test
    void hintsOfOneKindNameItsAttachment() throws JsonProcessingException {
        assertThat(attachmentAskedFor(Hint.HYBRID, Hint.SECURITY_KEY)).isEqualTo("cross-platform");
        assertThat(attachmentAskedFor(Hint.CLIENT_DEVICE)).isEqualTo("platform");
        assertThat(attachmentAskedFor(Hint.CLIENT_DEVICE, Hint.HYBRID)).isEmpty();
        assertThat(attachmentAskedFor()).isEmpty();
    }

    private static String attachmentAskedFor(Hint... hints) throws JsonProcessingException {
        String options = new RelyingParty(Fixture.hinting(hints))
                .registrationOptions(Fixture.USER, KNOWN)
                .toJson();
        return JSON.readTree(options)
                .path("authenticatorSelection")
                .path("authenticatorAttachment")
                .asText();
    }

    @Test
    @Shows(Threat.REPLAY)
    void everyCeremonyHasAChallengeOfItsOwn() {
        RelyingParty relyingParty = new RelyingParty(Fixture.POLICY);

        Challenge first = relyingParty.authenticationOptions(List.of()).challenge();
        Challenge second = relyingParty.authenticationOptions(List.of()).challenge();

        assertThat(first.value().size()).isEqualTo(32);
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void nothingHalfValidTravels() {
        Bytes empty = Bytes.of(new byte[0]);
        Bytes tooLong = Bytes.of(new byte[65]);

        assertThatIllegalArgumentException().isThrownBy(() -> new UserEntity(empty, "alice", "Alice"));
        assertThatIllegalArgumentException().isThrownBy(() -> new UserEntity(tooLong, "alice", "Alice"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Challenge(empty));
    }
}
