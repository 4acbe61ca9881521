/** Reads the realm's settings as the relying party's policy. */
package io.github.keycloakpasskey.keycloak.policy;
