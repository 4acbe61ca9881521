package io.github.keycloakpasskey.documents;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.webauthn.Assertion;
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
import java.util.List;
import java.util.Set;

/**
 * The recorded ceremonies before the code that the server runs, with the policy of the realm that they were recorded
 * in.
 */
final class Judged {

    private final Recording recording;
    private final RelyingPartyPolicy policy;

    Judged(Recording recording) {
        this.recording = recording;
        this.policy = RelyingPartyPolicy.builder("localhost", "Passkeys demo")
                .origins(Set.of(recording.origin()))
                .algorithms(List.of(CoseAlgorithm.ES256, CoseAlgorithm.EDDSA, CoseAlgorithm.RS256))
                .userVerification(UserVerification.REQUIRED)
                .residentKey(ResidentKey.REQUIRED)
                .build();
    }

    /** The options that a page has today, should chance give it the recorded challenge. */
    String registrationOptions() {
        JsonNode user = recording.registration().options().path("user");
        UserEntity entity = new UserEntity(
                Exchange.bytes(user, "/id"),
                user.path("name").asText(),
                user.path("displayName").asText());
        return new RegistrationOptions(policy, challenge(recording.registration()), entity, List.of()).toJson();
    }

    /** The same of a sign-in. */
    String authenticationOptions() {
        return new AuthenticationOptions(policy, challenge(recording.signIn()), List.of()).toJson();
    }

    /** What the recorded registration is worth: the record that is stored. */
    CredentialRecord registered() {
        Exchange registration = recording.registration();
        return accepted(RegistrationResponse.parse(registration.posted().toString())
                .then(response -> new RelyingParty(policy).verifyRegistration(challenge(registration), response)));
    }

    AuthenticationResponse response() {
        return accepted(AuthenticationResponse.parse(recording.signIn().posted().toString()));
    }

    AuthenticationExpectation expectation() {
        return new AuthenticationExpectation(
                challenge(recording.signIn()),
                registered(),
                Exchange.bytes(recording.registration().record(), "/userHandle"),
                false);
    }

    Verdict<Assertion, FailureReason> signIn(AuthenticationExpectation expected, AuthenticationResponse response) {
        return new RelyingParty(policy).verifyAuthentication(expected, response);
    }

    /** What the recorded sign-in says. */
    Assertion signedIn() {
        return accepted(signIn(expectation(), response()));
    }

    private static Challenge challenge(Exchange exchange) {
        return new Challenge(exchange.challenge());
    }

    private static <T> T accepted(Verdict<T, FailureReason> verdict) {
        if (verdict instanceof Verdict.Accepted<T, FailureReason> accepted) {
            return accepted.value();
        }
        throw new IllegalStateException("what was recorded is refused: " + verdict);
    }
}
