package io.github.keycloakpasskey.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.testbed.Algorithm;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.webauthn.Assertion;
import io.github.keycloakpasskey.webauthn.AuthenticationExpectation;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RegistrationResponse;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.Verdict;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.security.KeyPair;
import java.util.List;
import java.util.Locale;

/** A sign-in that holds, to be changed. */
record GenuineAuthentication(
        String name,
        RelyingParty relyingParty,
        CredentialRecord credential,
        String json,
        AuthenticationResponse response) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Bytes OWNER = Bytes.ofBase64Url("AQ");

    static List<GenuineAuthentication> own() {
        return List.of(own(Algorithm.RS256), own(Algorithm.EDDSA), own(Algorithm.ES256));
    }

    static GenuineAuthentication own(Algorithm algorithm) {
        RelyingParty relyingParty = Site.OWN.relyingParty();
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator();
        KeyPair keys = FixedKeys.of(algorithm);
        String challenge = Site.OWN.challenge().value().toBase64Url();
        String registered = authenticator
                .register(
                        "{\"challenge\":\"" + challenge + "\",\"rp\":{\"id\":\"" + Site.OWN.rpId()
                                + "\"},\"user\":{\"id\":\"" + OWNER + "\"},\"pubKeyCredParams\":[{\"alg\":"
                                + algorithm.cose() + "}]}",
                        Site.OWN.origin())
                .keyPair(keys)
                .credentialId(new byte[] {1, 2, 3, 4})
                .json();
        CredentialRecord credential = accepted(RegistrationResponse.parse(registered)
                .then(response -> relyingParty.verifyRegistration(Site.OWN.challenge(), response)));
        String signedIn = authenticator
                .authenticate(
                        "{\"challenge\":\"" + challenge + "\",\"rpId\":\"" + Site.OWN.rpId() + "\"}", Site.OWN.origin())
                .with(authenticator.newest())
                .json();
        if (algorithm == Algorithm.ES256) {
            signedIn = signedTheSameEachTime(signedIn, keys);
        }
        return new GenuineAuthentication(
                algorithm.name().toLowerCase(Locale.ROOT),
                relyingParty,
                credential,
                signedIn,
                accepted(AuthenticationResponse.parse(signedIn)));
    }

    private static String signedTheSameEachTime(String json, KeyPair keys) {
        AuthenticationResponse response = accepted(AuthenticationResponse.parse(json));
        Bytes message =
                response.authenticatorData().concat(response.clientDataJson().sha256());
        Bytes signature = Bytes.of(FixedKeys.es256(keys.getPrivate(), message.toByteArray()));
        try {
            ObjectNode changed = (ObjectNode) JSON.readTree(json);
            changed.withObject("/response").put("signature", signature.toBase64Url());
            return changed.toString();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the software authenticator answers in JSON", impossible);
        }
    }

    private static <T> T accepted(Verdict<T, FailureReason> verdict) {
        if (verdict instanceof Verdict.Accepted<T, FailureReason> accepted) {
            return accepted.value();
        }
        throw new IllegalStateException("a genuine ceremony was refused: " + verdict.refusal());
    }

    /**
     * Judges another answer.
     *
     * @throws AssertionError if it is accepted and must not be
     */
    boolean judge(AuthenticationResponse other) {
        return judge(credential.publicKeyCose(), other);
    }

    /** Judges another answer as if another key had been stored. */
    boolean judge(Bytes publicKeyCose, AuthenticationResponse other) {
        AuthenticationExpectation expected =
                new AuthenticationExpectation(Site.OWN.challenge(), stored(publicKeyCose), OWNER, false);
        Verdict<Assertion, FailureReason> verdict = relyingParty.verifyAuthentication(expected, other);
        if (verdict.refusal().isPresent()) {
            return false;
        }
        Acceptance acceptance = new Acceptance(Site.OWN);
        acceptance.ofAuthentication(response, other);
        acceptance.ofKey(credential.publicKeyCose().toByteArray(), publicKeyCose.toByteArray());
        return true;
    }

    private CredentialRecord stored(Bytes publicKeyCose) {
        return credential.toBuilder().publicKeyCose(publicKeyCose).build();
    }
}
