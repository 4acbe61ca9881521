package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import org.keycloak.credential.CredentialInput;

/**
 * A sign-in on its way through {@code user.credentialManager().isValid(…)}. That method answers only yes or no, so the
 * provider leaves the result here.
 */
final class SignInInput implements CredentialInput {

    private final Passkey passkey;
    private final SignInAttempt attempt;
    private CheckedSignIn result = CheckedSignIn.UNCHECKED;

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

    CheckedSignIn result() {
        return result;
    }

    void check(CheckedSignIn checked) {
        this.result = checked;
    }

    @Override
    public String getType() {
        return PasskeyIds.CREDENTIAL_TYPE;
    }

    @Override
    public String getCredentialId() {
        return attempt.response().credentialId().toBase64Url();
    }

    /** The response is no text, and no other user storage can use it. */
    @Override
    public String getChallengeResponse() {
        return null;
    }
}
