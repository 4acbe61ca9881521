/** Conditions for flows of an administrator's own design: whether a sub-flow runs for a user. */
package io.github.keycloakpasskey.keycloak.condition;
