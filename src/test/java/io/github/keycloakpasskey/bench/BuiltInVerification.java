package io.github.keycloakpasskey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.webauthn4j.WebAuthnAuthenticationManager;
import com.webauthn4j.WebAuthnRegistrationManager;
import com.webauthn4j.authenticator.Authenticator;
import com.webauthn4j.authenticator.AuthenticatorImpl;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticationRequest;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.RegistrationRequest;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.attestation.statement.androidkey.AndroidKeyAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.androidsafetynet.AndroidSafetyNetAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.tpm.TPMAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.NullCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.self.DefaultSelfAttestationTrustworthinessVerifier;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialPublicKeyConverter;

/**
 * What Keycloak's built-in passkeys do with the same answers: {@code WebAuthnAuthenticator} with
 * {@code WebAuthnCredentialProvider}, and {@code WebAuthnRegister}, without their sessions and stores. As there, the
 * managers of webauthn4j are made for every answer, and the converter of stored keys once.
 */
@SuppressWarnings("deprecation") // Keycloak calls what webauthn4j has deprecated, and this is to be like it.
final class BuiltInVerification {

    private final CredentialPublicKeyConverter publicKeys = new CredentialPublicKeyConverter(new ObjectConverter());
    private final byte[] credentialId;
    private final UUID aaguid;
    private final String storedPublicKey;
    private final String registrationChallenge;
    private final String registrationClientData;
    private final String attestationObject;
    private final String transports;
    private final String signInChallenge;
    private final String postedCredentialId;
    private final String signInClientData;
    private final String authenticatorData;
    private final String signature;

    BuiltInVerification(
            CredentialRecord credential,
            Challenge registrationChallenge,
            JsonNode registration,
            Challenge signInChallenge,
            JsonNode signIn) {
        credentialId = credential.id().toByteArray();
        aaguid = credential.aaguid().orElseThrow();
        storedPublicKey = credential.publicKeyCose().toBase64Url();
        this.registrationChallenge = registrationChallenge.value().toBase64Url();
        registrationClientData = registration.required("clientDataJSON").asText();
        attestationObject = registration.required("attestationObject").asText();
        transports = String.join(",", credential.transports());
        this.signInChallenge = signInChallenge.value().toBase64Url();
        postedCredentialId = credential.id().toBase64Url();
        signInClientData = signIn.required("clientDataJSON").asText();
        authenticatorData = signIn.required("authenticatorData").asText();
        signature = signIn.required("signature").asText();
    }

    /** {@code WebAuthnAuthenticator.action} and {@code WebAuthnCredentialProvider.isValid}. */
    AuthenticationData verifySignIn() {
        ServerProperty server = new ServerProperty(
                new Origin(VerificationFixture.ORIGIN),
                VerificationFixture.RP_ID,
                new DefaultChallenge(signInChallenge));
        AuthenticationRequest request = new AuthenticationRequest(
                decoded(postedCredentialId), decoded(authenticatorData), decoded(signInClientData), decoded(signature));
        COSEKey key = publicKeys.convertToEntityAttribute(storedPublicKey);
        Authenticator authenticator =
                new AuthenticatorImpl(new AttestedCredentialData(new AAGUID(aaguid), credentialId, key), null, 0);
        WebAuthnAuthenticationManager manager = new WebAuthnAuthenticationManager();
        AuthenticationData data = manager.parse(request);
        manager.verify(data, new AuthenticationParameters(server, authenticator, true));
        return data;
    }

    /** {@code WebAuthnRegister.processAction}. */
    RegistrationData verifyRegistration() {
        ServerProperty server = new ServerProperty(
                Set.of(new Origin(VerificationFixture.ORIGIN)),
                VerificationFixture.RP_ID,
                new DefaultChallenge(registrationChallenge));
        RegistrationRequest request = new RegistrationRequest(
                decoded(attestationObject),
                decoded(registrationClientData),
                new HashSet<>(Arrays.asList(transports.split(",", -1))));
        WebAuthnRegistrationManager manager = new WebAuthnRegistrationManager(
                List.of(
                        new NoneAttestationStatementVerifier(),
                        new PackedAttestationStatementVerifier(),
                        new TPMAttestationStatementVerifier(),
                        new AndroidKeyAttestationStatementVerifier(),
                        new AndroidSafetyNetAttestationStatementVerifier(),
                        new FIDOU2FAttestationStatementVerifier()),
                new NullCertPathTrustworthinessVerifier(),
                new DefaultSelfAttestationTrustworthinessVerifier(),
                Collections.emptyList(),
                new ObjectConverter());
        RegistrationData data = manager.parse(request);
        manager.verify(data, new RegistrationParameters(server, algorithms(), true));
        return data;
    }

    private static List<PublicKeyCredentialParameters> algorithms() {
        return Stream.of(COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.RS256)
                .map(algorithm -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
                .toList();
    }

    private static byte[] decoded(String base64Url) {
        return Base64.getUrlDecoder().decode(base64Url);
    }
}
