package io.github.keycloakpasskey.keycloak.ceremony;

/** Why a user cannot create a passkey now, before any ceremony. */
public enum RegistrationObstacle {

    /** Another login has stored a passkey with the e-mailed link that led here. */
    LINK_USED,

    /** An administrator impersonates the user. */
    IMPERSONATED,

    /** What proved the user's identity in this login does not count any more. */
    PROOF_LOST,

    /** The user lives no longer than the user session, so that a passkey cannot be kept. */
    TEMPORARY_USER,

    /** The user must verify an e-mail address first, see {@link EmailVerification}. */
    EMAIL_NOT_VERIFIED,

    /** The user has as many passkeys as the realm allows, and keeps all of them. */
    TOO_MANY_PASSKEYS
}
