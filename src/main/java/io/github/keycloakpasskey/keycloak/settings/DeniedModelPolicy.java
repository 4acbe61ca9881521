package io.github.keycloakpasskey.keycloak.settings;

/** What happens to a sign-in with a passkey whose authenticator is of a denied model. */
public enum DeniedModelPolicy {
    /** It is accepted. */
    OFF,
    /** It is accepted, and its event says so. */
    REPORT,
    /** It is refused. */
    REFUSE
}
