/** Signing in with a passkey: the steps that an administrator puts into a flow. */
package io.github.keycloakpasskey.keycloak.flow;
