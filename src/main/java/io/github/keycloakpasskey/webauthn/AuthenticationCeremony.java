package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.cose.CredentialPublicKey;

/** Verifying an authentication assertion, §7.2, step by step. */
final class AuthenticationCeremony {

    private final RelyingPartyPolicy policy;

    AuthenticationCeremony(RelyingPartyPolicy policy) {
        this.policy = policy;
    }

    Assertion verify(AuthenticationExpectation expected, AuthenticationResponse response) throws CeremonyException {
        // Step 5: the answer names the passkey that it is judged by.
        CredentialRecord credential = expected.credential();
        CeremonyException.require(
                credential.id().equals(response.credentialId()), FailureReason.CREDENTIAL_NOT_ALLOWED);
        // Step 6
        verifyUserHandle(expected, response);
        // Steps 8 and 9: the client data are UTF-8 and JSON.
        ClientData clientData = ClientData.parse(response.clientDataJson());
        // Step 10
        clientData.verifyType("webauthn.get");
        // Step 11
        clientData.verifyChallenge(expected.challenge());
        // Step 12
        clientData.verifyOrigin(policy);
        // Steps 13 and 14
        clientData.verifyTopOrigin(policy);
        // §6.1: their layout; an assertion has no attested credential data.
        AuthenticatorData authenticatorData = AuthenticatorData.parse(response.authenticatorData());
        CeremonyException.require(
                authenticatorData.credential().isEmpty(), FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
        // Step 15
        authenticatorData.verifyRpIdHash(policy);
        // Step 16
        authenticatorData.verifyUserPresent();
        // Step 17
        authenticatorData.verifyUserVerified(policy);
        // Step 18
        authenticatorData.verifyBackupFlags();
        // Steps 20 and 21
        CeremonyException.require(
                CeremonyException.readingKey(() -> CredentialPublicKey.parse(credential.publicKeyCose()))
                        .verifies(
                                response.signature(),
                                response.authenticatorData().concat(clientData.hash())),
                FailureReason.SIGNATURE_INVALID);
        Assertion assertion = new Assertion(
                authenticatorData.signCount(),
                authenticatorData.userVerified(),
                authenticatorData.backupEligible(),
                authenticatorData.backedUp());
        // Step 19, after the signature: only the holder of the passkey is told what is stored of it.
        CeremonyException.require(
                policy.acceptsChangedBackupEligibility()
                        || !assertion.changesBackupEligibility(credential.backupEligible()),
                FailureReason.BACKUP_ELIGIBILITY_CHANGED);
        // The policy's own rule, not a step.
        policy.authenticators().verifyAttachment(response.attachment());
        // Steps 22 and 24 need the stored row: the caller's. Step 23 asks nothing of extensions that are ignored.
        return assertion;
    }

    /** A user handle has 1 to 64 bytes (§5.4.3): browsers that send an empty one mean that there is none. */
    private static void verifyUserHandle(AuthenticationExpectation expected, AuthenticationResponse response)
            throws CeremonyException {
        boolean holds = response.userHandle()
                .filter(handle -> handle.size() > 0)
                .map(handle -> handle.equals(expected.ownerHandle()))
                .orElse(expected.userKnown());
        CeremonyException.require(holds, FailureReason.USER_HANDLE_MISMATCH);
    }
}
