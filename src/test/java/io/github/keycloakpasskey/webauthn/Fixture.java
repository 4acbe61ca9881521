package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.testbed.AuthenticationCeremony;
import io.github.keycloakpasskey.testbed.RegistrationCeremony;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A relying party at {@code https://login.example.org}, and somebody with a software authenticator. */
final class Fixture {

    static final String ORIGIN = "https://login.example.org";
    static final UserEntity USER = new UserEntity(utf8("an opaque handle"), "alice", "Alice Example");

    static final RelyingPartyPolicy POLICY = RelyingPartyPolicy.builder("example.org", "Example")
            .origins(Set.of(ORIGIN))
            .algorithms(List.of(CoseAlgorithm.ES256, CoseAlgorithm.EDDSA, CoseAlgorithm.RS256))
            .userVerification(UserVerification.REQUIRED)
            .residentKey(ResidentKey.REQUIRED)
            .build();

    final RelyingParty relyingParty;
    final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    Fixture() {
        this(POLICY);
    }

    Fixture(RelyingPartyPolicy policy) {
        this.relyingParty = new RelyingParty(policy);
    }

    static RelyingPartyPolicy with(List<CoseAlgorithm> algorithms) {
        return with(algorithms, POLICY.attestation(), POLICY.authenticators());
    }

    static RelyingPartyPolicy with(AttestationPolicy attestation) {
        return with(POLICY.algorithms(), attestation, POLICY.authenticators());
    }

    static RelyingPartyPolicy with(AuthenticatorPolicy authenticators) {
        return with(POLICY.algorithms(), POLICY.attestation(), authenticators);
    }

    static RelyingPartyPolicy with(
            List<CoseAlgorithm> algorithms, AttestationPolicy attestation, AuthenticatorPolicy authenticators) {
        return POLICY.toBuilder()
                .algorithms(algorithms)
                .attestation(attestation)
                .authenticators(authenticators)
                .build();
    }

    static RelyingPartyPolicy with(Set<String> origins, Set<String> topOrigins, UserVerification userVerification) {
        return POLICY.toBuilder()
                .origins(origins)
                .topOrigins(topOrigins)
                .userVerification(userVerification)
                .build();
    }

    static RelyingPartyPolicy hinting(Hint... hints) {
        return POLICY.toBuilder().hints(List.of(hints)).build();
    }

    static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Registers with an answer that is correct but for the change. */
    Verdict<CredentialRecord, FailureReason> register(UnaryOperator<RegistrationCeremony> change) {
        RegistrationOptions options = relyingParty.registrationOptions(USER, List.of());
        String json =
                change.apply(authenticator.register(options.toJson(), ORIGIN)).json();
        return RegistrationResponse.parse(json)
                .then(response -> relyingParty.verifyRegistration(options.challenge(), response));
    }

    CredentialRecord registered() {
        return accepted(register(UnaryOperator.identity()));
    }

    /** Signs in with an answer that is correct but for the change. */
    Verdict<Assertion, FailureReason> signIn(
            CredentialRecord credential, UnaryOperator<AuthenticationCeremony> change) {
        return signIn(credential, true, change);
    }

    Verdict<Assertion, FailureReason> signIn(
            CredentialRecord credential, boolean userKnown, UnaryOperator<AuthenticationCeremony> change) {
        AuthenticationOptions options = relyingParty.authenticationOptions(List.of());
        String json = change.apply(authenticator.authenticate(options.toJson(), ORIGIN))
                .json();
        AuthenticationExpectation expected =
                new AuthenticationExpectation(options.challenge(), credential, USER.handle(), userKnown);
        return AuthenticationResponse.parse(json)
                .then(response -> relyingParty.verifyAuthentication(expected, response));
    }

    static <T> T accepted(Verdict<T, FailureReason> verdict) {
        if (verdict instanceof Verdict.Accepted<T, FailureReason> accepted) {
            return accepted.value();
        }
        throw new AssertionError("refused: " + verdict.refusal().orElseThrow());
    }
}
