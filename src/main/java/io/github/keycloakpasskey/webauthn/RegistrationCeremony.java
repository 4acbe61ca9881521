package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.attestation.AttestedCredential;
import io.github.keycloakpasskey.webauthn.cose.CredentialPublicKey;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Clock;
import java.util.Optional;

/** Registers a new credential, §7.1, step by step. */
final class RegistrationCeremony {

    private static final int LONGEST_CREDENTIAL_ID = 1023;

    private final RelyingPartyPolicy policy;
    private final Clock clock;

    RegistrationCeremony(RelyingPartyPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    CredentialRecord verify(Challenge challenge, RegistrationResponse response) throws CeremonyException {
        // Steps 5 and 6: the client data are UTF-8 and JSON.
        ClientData clientData = ClientData.parse(response.clientDataJson());
        // Step 7
        clientData.verifyType("webauthn.create");
        // Step 8
        clientData.verifyChallenge(challenge);
        // Step 9
        clientData.verifyOrigin(policy);
        // Steps 10 and 11
        clientData.verifyTopOrigin(policy);
        // Steps 12 and 13: hash and CBOR.
        Attestation attestation = Attestation.parse(response.attestationObject(), clientData.hash());
        AuthenticatorData authenticatorData = attestation.authenticatorData();
        // Step 14
        authenticatorData.verifyRpIdHash(policy);
        // Step 15
        authenticatorData.verifyUserPresent();
        // Step 16
        authenticatorData.verifyUserVerified(policy);
        // Step 17
        authenticatorData.verifyBackupFlags();
        // Step 18; step 19 has no policy.
        policy.authenticators().verifyBackup(authenticatorData);
        // Step 20
        CredentialPublicKey publicKey = CeremonyException.readingKey(
                () -> CredentialPublicKey.parse(attestation.credential().publicKeyCose()));
        verifyAlgorithm(publicKey);
        // Steps 21 to 24
        VerifiedAttestation attested =
                attestation.verify(publicKey, policy.attestation(), policy.rpId(), clock.instant());
        AttestedCredential credential = attestation.credential();
        verifyAuthenticator(response, credential, attested.modelProven());
        verifyDiscoverable(response);
        // Step 25
        verifyCredentialId(credential.id());
        // Step 26, that the id is new in the realm, is left to the caller, who stores the record; step 28: no
        // extensions.
        // Step 27: the record to be stored.
        return CredentialRecord.builder(credential.id(), publicKey.cose())
                .signCount(authenticatorData.signCount())
                .transports(response.transports())
                .aaguid(Optional.of(credential.aaguid()))
                .attestationFormat(Optional.of(attested.format()))
                .userVerified(authenticatorData.userVerified())
                .discoverable(response.discoverable())
                .backupEligible(Optional.of(authenticatorData.backupEligible()))
                .backedUp(authenticatorData.backedUp())
                .build();
    }

    private void verifyAlgorithm(CredentialPublicKey publicKey) throws CeremonyException {
        CeremonyException.require(
                policy.algorithms().contains(publicKey.algorithm()), FailureReason.ALGORITHM_NOT_OFFERED);
    }

    /** The policy's own rules, not steps. */
    private void verifyAuthenticator(RegistrationResponse response, AttestedCredential credential, boolean modelProven)
            throws CeremonyException {
        AuthenticatorPolicy authenticators = policy.authenticators();
        authenticators.verifyModel(credential.aaguid(), modelProven);
        authenticators.verifyAttachment(response.attachment());
    }

    /** §5.4.6, §10.1.3. Browsers that do not know whether the passkey is discoverable say nothing. */
    private void verifyDiscoverable(RegistrationResponse response) throws CeremonyException {
        CeremonyException.require(
                policy.residentKey() != ResidentKey.REQUIRED
                        || response.discoverable().orElse(true),
                FailureReason.CREDENTIAL_NOT_DISCOVERABLE);
    }

    private static void verifyCredentialId(Bytes id) throws CeremonyException {
        CeremonyException.require(
                id.size() >= 1 && id.size() <= LONGEST_CREDENTIAL_ID, FailureReason.CREDENTIAL_ID_INVALID);
    }
}
