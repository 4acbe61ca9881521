package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;

/**
 * What the server knows of a sign-in before it looks at the answer.
 *
 * @param challenge the one that the page carried
 * @param credential the stored passkey that the answer names
 * @param ownerHandle the user handle of that passkey's owner
 * @param userKnown whether the user was known before the ceremony; if not, the authenticator has to
 *     say whose passkey it is (§7.2 step 6)
 */
public record AuthenticationExpectation(
        Challenge challenge, CredentialRecord credential, Bytes ownerHandle, boolean userKnown) {}
