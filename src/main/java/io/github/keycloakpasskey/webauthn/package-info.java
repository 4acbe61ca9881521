/**
 * A relying party according to Web Authentication Level 3: values in, verdict out.
 *
 * <p>{@link io.github.keycloakpasskey.webauthn.RelyingParty} is the entry point. Nothing here depends on Keycloak, HTTP or a
 * database. This package holds the two ceremonies, their values and policies, and decides the reason of every refusal. The
 * packages below it know no reasons: {@code attestation} verifies attestation statements, {@code cose} public keys and
 * signatures, and {@code encoding} reads CBOR, DER, JSON and certificates. Each of them uses only those after it.
 *
 * <p>"§" means a section of <a href="https://www.w3.org/TR/webauthn-3/">Web Authentication Level 3</a>.
 */
package io.github.keycloakpasskey.webauthn;
