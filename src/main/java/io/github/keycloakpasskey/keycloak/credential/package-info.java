/**
 * Passkeys as Keycloak credentials: what is stored, under which id, for whom. The only package that
 * touches stored credentials.
 */
package io.github.keycloakpasskey.keycloak.credential;
