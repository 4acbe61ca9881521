package io.github.keycloakpasskey.webauthn;

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
        AuthenticatorData authenticatorData = AuthenticatorData.parse(response.authenticatorData());
        verifyLayout(authenticatorData);
        // Step 15
        authenticatorData.verifyRpIdHash(policy);
        // Step 16
        authenticatorData.verifyUserPresent();
        // Step 17
        authenticatorData.verifyUserVerified(policy);
        // Step 18
        authenticatorData.verifyBackupFlags();
        // Step 19
        CeremonyException.require(
                authenticatorData.backupEligible() == credential.backupEligible(),
                FailureReason.BACKUP_ELIGIBILITY_CHANGED);
        // Steps 21 and 22; step 20 asks nothing of extensions that are ignored.
        CeremonyException.require(
                CredentialPublicKey.parse(credential.publicKeyCose())
                        .verifies(
                                response.signature(),
                                response.authenticatorData().concat(clientData.hash())),
                FailureReason.SIGNATURE_INVALID);
        // Steps 23 and 24 need the stored row: the caller's.
        return new Assertion(
                authenticatorData.signCount(), authenticatorData.userVerified(), authenticatorData.backedUp());
    }

    private static void verifyUserHandle(AuthenticationExpectation expected, AuthenticationResponse response)
            throws CeremonyException {
        boolean holds = response.userHandle()
                .map(handle -> handle.equals(expected.ownerHandle()))
                .orElse(expected.userKnown());
        CeremonyException.require(holds, FailureReason.USER_HANDLE_MISMATCH);
    }

    /** §6.1: no attested credential data in an assertion, and bytes behind the head only for extensions. */
    private static void verifyLayout(AuthenticatorData data) throws CeremonyException {
        CeremonyException.require(!data.hasAttestedCredentialData(), FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
        if (data.hasExtensions()) {
            WebAuthn4j.verifyExtensions(data.bytes());
        } else {
            CeremonyException.require(
                    data.bytes().size() == AuthenticatorData.HEAD, FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
        }
    }
}
