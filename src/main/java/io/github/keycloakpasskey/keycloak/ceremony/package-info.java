/**
 * What registration and sign-in have in common inside Keycloak: the challenge that waits in the
 * authentication session, what the page is given and posts, and what becomes of a refusal.
 */
package io.github.keycloakpasskey.keycloak.ceremony;
