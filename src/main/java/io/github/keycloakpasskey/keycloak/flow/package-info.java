/** What an administrator puts into a flow: steps that sign in with a passkey, their guard, the recovery of a lost
 * passkey, a condition, and signing up with a passkey. */
package io.github.keycloakpasskey.keycloak.flow;
