/**
 * Attestation of new credentials (WebAuthn §6.5 and §8): one class for the verification procedure of each statement
 * format, and the path of certificates that a statement leads to.
 *
 * <p>{@link io.github.keycloakpasskey.webauthn.attestation.AttestationFormat} is the entry point. A statement that it
 * accepts proves what it claims; whether anybody trusts its certificates, and whether a policy accepts the format, is
 * decided by the package above. The library webauthn4j is called from here only, and never seen from outside.
 */
package io.github.keycloakpasskey.webauthn.attestation;
