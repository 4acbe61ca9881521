/**
 * What {@code bin/bench} measures: how fast this extension is beside Keycloak's built-in passkeys, beside passwords and
 * beside the bare signature check, and whether it stays so as data and time grow.
 */
package io.github.keycloakpasskey.bench;
