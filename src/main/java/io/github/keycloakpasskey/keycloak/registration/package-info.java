/** Signing up with a passkey: an action of the registration form. */
package io.github.keycloakpasskey.keycloak.registration;
