package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.webauthn.Assertion;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.SignCountPolicy;
import java.util.function.Consumer;

/**
 * What somebody answered to a page, and what the answer is judged by.
 *
 * @param challenge the one that the page carried
 * @param userKnown whether the flow knew the user before the ceremony
 * @param signCount what becomes of a counter that did not grow
 * @param heard told what the authenticator says as soon as its signature is verified, whatever follows
 */
public record SignInAttempt(
        RelyingParty relyingParty,
        Challenge challenge,
        AuthenticationResponse response,
        boolean userKnown,
        SignCountPolicy signCount,
        Consumer<Assertion> heard) {}
