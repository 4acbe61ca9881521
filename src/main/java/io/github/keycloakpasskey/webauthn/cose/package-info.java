/**
 * Public keys and signature algorithms of credentials (WebAuthn §5.8.5, §6.5.1; COSE, RFC 9052 and RFC 9053).
 *
 * <p>{@link io.github.keycloakpasskey.webauthn.cose.CredentialPublicKey} is the entry point. A key that it accepts can
 * verify signatures; it says nothing about who holds the private key, or whether a policy accepts the algorithm.
 */
package io.github.keycloakpasskey.webauthn.cose;
