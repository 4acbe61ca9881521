package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.SignCountPolicy;

/**
 * A response to a sign-in ceremony, and what it is checked against.
 *
 * @param challenge the challenge of the ceremony
 * @param userKnown whether the user was known before the ceremony
 * @param signCount what happens when the signature counter did not increase
 */
public record SignInAttempt(
        RelyingParty relyingParty,
        Challenge challenge,
        AuthenticationResponse response,
        boolean userKnown,
        SignCountPolicy signCount) {}
