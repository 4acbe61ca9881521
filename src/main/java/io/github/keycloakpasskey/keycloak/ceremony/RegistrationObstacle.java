package io.github.keycloakpasskey.keycloak.ceremony;

/** Why a user cannot create a passkey now, before any ceremony. */
public enum RegistrationObstacle {

    /** Another login has stored a passkey with the e-mailed link that led here. */
    LINK_USED,

    /** The user lives no longer than the user session, so that a passkey cannot be kept. */
    TEMPORARY_USER,

    /**
     * The user must verify an e-mail address first. Otherwise someone could create a passkey for an account with another
     * person's address, and that person could later take the account over in good faith.
     */
    EMAIL_NOT_VERIFIED,

    /** The user has as many passkeys as the realm allows, and keeps all of them. */
    TOO_MANY_PASSKEYS
}
