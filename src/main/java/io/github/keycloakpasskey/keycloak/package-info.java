/**
 * How Keycloak calls {@link io.github.keycloakpasskey.webauthn}: {@code flow} and {@code requiredaction} are what an
 * administrator sees, {@code page} is what users see, and below are {@code ceremony}, {@code login}, {@code
 * credential} and {@code settings}. Each calls only those below it. {@code server} holds what differs between
 * versions of Keycloak.
 */
package io.github.keycloakpasskey.keycloak;
