/**
 * How Keycloak calls what WebAuthn demands. From the top, each package calls only those below it: {@code flow} and
 * {@code requiredaction}, {@code page}, {@code ceremony}, {@code login}, {@code credential}, {@code settings}. All of them
 * call {@code server}, which has what differs between versions of Keycloak.
 */
package io.github.keycloakpasskey.keycloak;
