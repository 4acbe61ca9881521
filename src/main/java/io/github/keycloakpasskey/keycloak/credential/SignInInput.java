package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.webauthn.Assertion;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.Verdict;
import org.keycloak.credential.CredentialInput;

/**
 * A sign-in on its way through {@code user.credentialManager().isValid(…)}, which can say yes or no
 * only: the verdict behind it is left here.
 */
final class SignInInput implements CredentialInput {

    private final Passkey passkey;
    private final RelyingParty relyingParty;
    private final Challenge challenge;
    private final AuthenticationResponse response;
    private final boolean userKnown;
    private Verdict<Assertion> verdict = Verdict.refused(FailureReason.CREDENTIAL_UNKNOWN);

    SignInInput(
            Passkey passkey,
            RelyingParty relyingParty,
            Challenge challenge,
            AuthenticationResponse response,
            boolean userKnown) {
        this.passkey = passkey;
        this.relyingParty = relyingParty;
        this.challenge = challenge;
        this.response = response;
        this.userKnown = userKnown;
    }

    Passkey passkey() {
        return passkey;
    }

    RelyingParty relyingParty() {
        return relyingParty;
    }

    Challenge challenge() {
        return challenge;
    }

    AuthenticationResponse response() {
        return response;
    }

    boolean userKnown() {
        return userKnown;
    }

    /** Unknown until a provider has judged: a disabled user storage asks none. */
    Verdict<Assertion> verdict() {
        return verdict;
    }

    void decide(Verdict<Assertion> decision) {
        this.verdict = decision;
    }

    @Override
    public String getType() {
        return PasskeyCredentialModel.TYPE;
    }

    @Override
    public String getCredentialId() {
        return response.credentialId().toBase64Url();
    }

    /** Not text, and of no use to a user storage that would look at it. */
    @Override
    public String getChallengeResponse() {
        return null;
    }
}
