/** Creating a passkey: the required action that a realm, an app or an administrator asks for. */
package io.github.keycloakpasskey.keycloak.requiredaction;
