/**
 * Passkeys as Keycloak credentials: what is stored, under which id, for which user. No other package touches stored
 * credentials.
 */
package io.github.keycloakpasskey.keycloak.credential;
