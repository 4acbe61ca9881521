package io.github.keycloakpasskey.keycloak.settings;

/** Which credentials of Keycloak's built-in types are used as passkeys. */
public enum BuiltInUse {
    /** None. */
    OFF,
    /** Passkeys ({@code webauthn-passwordless}). */
    PASSWORDLESS,
    /** Passkeys, and second factors ({@code webauthn}). */
    ALL
}
