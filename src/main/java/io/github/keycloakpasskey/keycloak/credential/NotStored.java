package io.github.keycloakpasskey.keycloak.credential;

/** Why a verified passkey was not stored. */
public enum NotStored {
    /** Its credential ID is registered already, for this user or another. */
    ALREADY_REGISTERED,
    /** The user has as many passkeys as the realm allows. */
    TOO_MANY,
    /** The user was deleted or disabled while the page was open. */
    USER_GONE,
    /** The required action that creates passkeys was disabled while the page was open. */
    ACTION_DISABLED,
    /** What proved the user's identity in this login does not count any more. */
    PROOF_LOST
}
