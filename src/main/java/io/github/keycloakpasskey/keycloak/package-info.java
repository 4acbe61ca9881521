/**
 * How Keycloak calls {@link io.github.keycloakpasskey.webauthn}: one package for each SPI that an
 * administrator meets, and beside them {@code ceremony} and {@code policy}, which those share.
 */
package io.github.keycloakpasskey.keycloak;
