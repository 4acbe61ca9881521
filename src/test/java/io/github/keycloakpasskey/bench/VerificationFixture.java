package io.github.keycloakpasskey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.github.keycloakpasskey.testbed.Algorithm;
import io.github.keycloakpasskey.testbed.RegistrationCeremony.Attestation;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.webauthn.AuthenticationExpectation;
import io.github.keycloakpasskey.webauthn.AuthenticationOptions;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RegistrationOptions;
import io.github.keycloakpasskey.webauthn.RegistrationResponse;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.RelyingPartyPolicy;
import io.github.keycloakpasskey.webauthn.ResidentKey;
import io.github.keycloakpasskey.webauthn.UserEntity;
import io.github.keycloakpasskey.webauthn.UserVerification;
import io.github.keycloakpasskey.webauthn.Verdict;
import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * One registration and one sign-in of the same passkey, as a browser posts them. The registration is self-attested, so
 * that it has a signature as well.
 */
final class VerificationFixture {

    static final String RP_ID = "example.org";
    static final String ORIGIN = "https://login.example.org";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());
    private static final UserEntity USER =
            new UserEntity(Bytes.of("an opaque handle".getBytes(StandardCharsets.UTF_8)), "alice", "Alice Example");

    private final RelyingParty relyingParty = new RelyingParty(RelyingPartyPolicy.builder(RP_ID, "Example")
            .origins(Set.of(ORIGIN))
            .algorithms(List.of(CoseAlgorithm.ES256, CoseAlgorithm.EDDSA, CoseAlgorithm.RS256))
            .userVerification(UserVerification.REQUIRED)
            .residentKey(ResidentKey.REQUIRED)
            .build());
    private final Algorithm algorithm;
    private final Challenge registrationChallenge;
    private final String registration;
    private final CredentialRecord credential;
    private final Challenge signInChallenge;
    private final String signIn;

    VerificationFixture(Algorithm algorithm) {
        this.algorithm = algorithm;
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator();
        RegistrationOptions creation = relyingParty.registrationOptions(USER, List.of());
        registrationChallenge = creation.challenge();
        registration = authenticator
                .register(creation.toJson(), ORIGIN)
                .algorithm(algorithm)
                .attestation(Attestation.PACKED_SELF)
                .json();
        credential = accepted(verifyRegistration());
        AuthenticationOptions request = relyingParty.authenticationOptions(List.of());
        signInChallenge = request.challenge();
        signIn = authenticator.authenticate(request.toJson(), ORIGIN).json();
    }

    /** All that this extension does between the posted answer and the record that is to be stored. */
    Verdict<CredentialRecord, FailureReason> verifyRegistration() {
        return RegistrationResponse.parse(registration)
                .then(response -> relyingParty.verifyRegistration(registrationChallenge, response));
    }

    /** All that this extension does between the posted answer and the verdict, with the stored record at hand. */
    boolean verifySignIn() {
        AuthenticationExpectation expected =
                new AuthenticationExpectation(signInChallenge, credential, USER.handle(), false);
        return AuthenticationResponse.parse(signIn)
                .then(response -> relyingParty.verifyAuthentication(expected, response))
                .refusal()
                .isEmpty();
    }

    BareSignature registrationSignature() {
        JsonNode response = parse(registration).path("response");
        try {
            JsonNode object = CBOR.readTree(bytes(response, "attestationObject"));
            return bareSignature(
                    object.path("authData").binaryValue(),
                    response,
                    object.path("attStmt").path("sig").binaryValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    BareSignature signInSignature() {
        JsonNode response = parse(signIn).path("response");
        return bareSignature(bytes(response, "authenticatorData"), response, bytes(response, "signature"));
    }

    private BareSignature bareSignature(byte[] authenticatorData, JsonNode response, byte[] signature) {
        byte[] hash = Bytes.of(bytes(response, "clientDataJSON")).sha256().toByteArray();
        byte[] signed = ByteBuffer.allocate(authenticatorData.length + hash.length)
                .put(authenticatorData)
                .put(hash)
                .array();
        byte[] publicKey = bytes(parse(registration).path("response"), "publicKey");
        return new BareSignature(algorithm, publicKey, signed, signature);
    }

    BuiltInVerification builtIn() {
        return new BuiltInVerification(
                credential,
                registrationChallenge,
                parse(registration).path("response"),
                signInChallenge,
                parse(signIn).path("response"));
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JsonNode object, String member) {
        return Base64.getUrlDecoder().decode(object.required(member).asText());
    }

    private static <T> T accepted(Verdict<T, FailureReason> verdict) {
        if (verdict instanceof Verdict.Accepted<T, FailureReason> accepted) {
            return accepted.value();
        }
        throw new IllegalStateException("refused: " + verdict.refusal().orElseThrow());
    }
}
