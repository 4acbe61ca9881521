package io.github.keycloakpasskey.keycloak.credential;

/** Why a verified passkey was not stored. */
public enum NotStored {
    /** Its credential ID is registered already, for this user or another. */
    ALREADY_REGISTERED,
    /** The user has as many passkeys as the realm allows. */
    TOO_MANY,
    /** The user was deleted while the page was open. */
    USER_DELETED
}
