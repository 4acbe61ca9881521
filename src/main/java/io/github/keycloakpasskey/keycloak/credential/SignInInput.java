package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.Verdict;
import org.keycloak.credential.CredentialInput;

/**
 * A sign-in on its way through {@code user.credentialManager().isValid(…)}, which can say yes or no
 * only: the verdict behind it is left here.
 */
final class SignInInput implements CredentialInput {

    private final Passkey passkey;
    private final SignInAttempt attempt;
    private Verdict<SignInResult, FailureReason> verdict = Verdict.refused(FailureReason.CREDENTIAL_UNKNOWN);

    SignInInput(Passkey passkey, SignInAttempt attempt) {
        this.passkey = passkey;
        this.attempt = attempt;
    }

    Passkey passkey() {
        return passkey;
    }

    SignInAttempt attempt() {
        return attempt;
    }

    /** Unknown until a provider has judged: a disabled user storage asks none. */
    Verdict<SignInResult, FailureReason> verdict() {
        return verdict;
    }

    void decide(Verdict<SignInResult, FailureReason> decision) {
        this.verdict = decision;
    }

    @Override
    public String getType() {
        return PasskeyIds.CREDENTIAL_TYPE;
    }

    @Override
    public String getCredentialId() {
        return attempt.response().credentialId().toBase64Url();
    }

    /** Not text, and of no use to a user storage that would look at it. */
    @Override
    public String getChallengeResponse() {
        return null;
    }
}
