package io.github.keycloakpasskey.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.attestation.statement.androidkey.AndroidKeyAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.androidsafetynet.AndroidSafetyNetAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.apple.AppleAnonymousAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.tpm.TPMAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.NullCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadSignatureException;
import com.webauthn4j.verifier.exception.UserNotVerifiedException;
import io.github.keycloakpasskey.testbed.RegistrationCeremony.Attestation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An independent library accepts what the software authenticator creates. */
class SoftwareAuthenticatorTest {

    private static final String ORIGIN = "https://login.example.org";
    private static final UUID MAKE = UUID.fromString("6f1b1f1c-9f39-4b3e-8d2e-0c1f5d1a7b11");
    private static final byte[] CHALLENGE = "sixteen bytes or more".getBytes(StandardCharsets.UTF_8);
    private static final byte[] USER_HANDLE = {1, 2, 3, 4};

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator(MAKE);
    private final WebAuthnManager verifier = new WebAuthnManager(
            List.of(
                    new NoneAttestationStatementVerifier(),
                    new PackedAttestationStatementVerifier(),
                    new TPMAttestationStatementVerifier(),
                    new FIDOU2FAttestationStatementVerifier(),
                    new AppleAnonymousAttestationStatementVerifier(),
                    new AndroidKeyAttestationStatementVerifier(),
                    new AndroidSafetyNetAttestationStatementVerifier()),
            new NullCertPathTrustworthinessVerifier(),
            new DefaultSelfAttestationTrustworthinessVerifier());

    @ParameterizedTest
    @EnumSource
    void aPasskeyOfEveryAlgorithmCanBeCreatedAndUsed(Algorithm algorithm) {
        RegistrationData made = verifyRegistration(register(algorithm).json());
        var data = made.getAttestationObject().getAuthenticatorData();
        assertThat(data.getAttestedCredentialData().getCredentialId())
                .isEqualTo(authenticator.newest().credentialId());
        assertThat(data.getAttestedCredentialData().getAaguid().getValue()).isEqualTo(MAKE);
        assertThat(data.getSignCount()).isZero();

        assertThat(verifyAuthentication(made, authenticate().json())
                        .getAuthenticatorData()
                        .getSignCount())
                .isEqualTo(1);
        assertThat(verifyAuthentication(made, authenticate().json()).getUserHandle())
                .isEqualTo(USER_HANDLE);
        assertThat(authenticator.newest().signCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void selfAttestationHasAValidSignature(Algorithm algorithm) {
        String json = register(algorithm).attestation(Attestation.PACKED_SELF).json();
        assertThat(verifyRegistration(json).getAttestationObject().getFormat()).isEqualTo("packed");
    }

    @ParameterizedTest
    @EnumSource
    void selfAttestationCanHaveAWrongSignature(Algorithm algorithm) {
        String json = register(algorithm)
                .attestation(Attestation.PACKED_SELF_WRONG_SIGNATURE)
                .json();
        assertThatExceptionOfType(BadSignatureException.class).isThrownBy(() -> verifyRegistration(json));
    }

    static Stream<Attestator> attestators() {
        TestCertificateAuthority root = TestCertificateAuthority.root("Example root");
        TestCertificateAuthority vendor = root.intermediate("Example vendor");
        return Stream.of(
                new PackedAttestator(vendor),
                new TpmAttestator(vendor),
                new AndroidKeyAttestator(vendor),
                new SafetyNetAttestator(vendor).payload(p -> p.put("timestampMs", System.currentTimeMillis() - 1000)),
                new FidoU2fAttestator(root),
                new AppleAttestator(vendor));
    }

    @ParameterizedTest
    @MethodSource("attestators")
    void certifiedAttestationIsValidInEveryFormat(Attestator attestator) {
        // The library requires that U2F has no AAGUID.
        String json = register(Algorithm.ES256)
                .aaguid(SoftwareAuthenticator.UNKNOWN_MAKE)
                .attestation(attestator)
                .json();

        assertThat(verifyRegistration(json).getAttestationObject().getFormat()).isEqualTo(attestator.format());
    }

    @Test
    void changesMadeByATestReachTheResponse() {
        String unverified = register(Algorithm.ES256).clear(Flag.USER_VERIFIED).json();
        assertThatExceptionOfType(UserNotVerifiedException.class).isThrownBy(() -> verifyRegistration(unverified));

        RegistrationData made = verifyRegistration(register(Algorithm.ES256).json());
        String elsewhere = authenticate().origin("https://elsewhere.example").json();
        assertThatExceptionOfType(BadOriginException.class).isThrownBy(() -> verifyAuthentication(made, elsewhere));

        String broken = authenticate()
                .with(authenticator.newest())
                .signature(signature -> authenticator
                        .newest()
                        .algorithm()
                        .sign(authenticator.newest().keyPair().getPrivate(), new byte[] {0}))
                .json();
        assertThatExceptionOfType(BadSignatureException.class).isThrownBy(() -> verifyAuthentication(made, broken));
    }

    @Test
    void excludedAndUnknownPasskeysFailAsInABrowser() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> authenticate().json())
                .withMessageStartingWith("NotAllowedError");

        register(Algorithm.ES256).json();
        String excluding = creationOptions(Algorithm.ES256)
                .replace(
                        "\"excludeCredentials\":[]",
                        "\"excludeCredentials\":[{\"type\":\"public-key\",\"id\":\""
                                + authenticator.newest().id() + "\"}]");
        RegistrationCeremony second = authenticator.register(excluding, ORIGIN);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(second::json)
                .withMessageStartingWith("InvalidStateError");
        assertThat(authenticator.passkeys()).hasSize(1);
    }

    private RegistrationCeremony register(Algorithm algorithm) {
        return authenticator.register(creationOptions(algorithm), ORIGIN);
    }

    private AuthenticationCeremony authenticate() {
        return authenticator.authenticate("""
                {"challenge":"%s","rpId":"login.example.org","userVerification":"required"}""".formatted(Ceremony.base64Url(CHALLENGE)), ORIGIN);
    }

    private static String creationOptions(Algorithm algorithm) {
        return """
                {"challenge":"%s","rp":{"id":"login.example.org","name":"Example"},\
                "user":{"id":"%s","name":"ada","displayName":"Ada"},"excludeCredentials":[],\
                "pubKeyCredParams":[{"type":"public-key","alg":-65535},{"type":"public-key","alg":%d}]}""".formatted(Ceremony.base64Url(CHALLENGE), Ceremony.base64Url(USER_HANDLE), algorithm.cose());
    }

    private RegistrationData verifyRegistration(String json) {
        List<PublicKeyCredentialParameters> offered = List.of(Algorithm.values()).stream()
                .map(algorithm -> new PublicKeyCredentialParameters(
                        PublicKeyCredentialType.PUBLIC_KEY, COSEAlgorithmIdentifier.create(algorithm.cose())))
                .toList();
        return verifier.verifyRegistrationResponseJSON(json, new RegistrationParameters(site(), offered, true, true));
    }

    private com.webauthn4j.data.AuthenticationData verifyAuthentication(RegistrationData made, String json) {
        CredentialRecord stored = new CredentialRecordImpl(
                made.getAttestationObject(),
                made.getCollectedClientData(),
                made.getClientExtensions(),
                made.getTransports());
        return verifier.verifyAuthenticationResponseJSON(
                json, new AuthenticationParameters(site(), stored, null, true, true));
    }

    private static ServerProperty site() {
        return new ServerProperty(new Origin(ORIGIN), "login.example.org", new DefaultChallenge(CHALLENGE));
    }
}
