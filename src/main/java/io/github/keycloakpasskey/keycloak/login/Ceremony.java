package io.github.keycloakpasskey.keycloak.login;

/** The two ceremonies of WebAuthn. A challenge created for one never serves the other. */
public enum Ceremony {
    REGISTRATION,
    AUTHENTICATION
}
