/**
 * What Web Authentication Level 3 demands of a relying party: values in, verdict out.
 *
 * <p>{@link io.github.keycloakpasskey.webauthn.RelyingParty} is the way in. Nothing here knows
 * Keycloak, HTTP or a database; webauthn4j, which decodes and verifies, is not seen from outside.
 * "§" in this package means a section of <a href="https://www.w3.org/TR/webauthn-3/">Web
 * Authentication Level 3</a>.
 */
package io.github.keycloakpasskey.webauthn;
