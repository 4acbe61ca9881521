package io.github.keycloakpasskey.keycloak.settings;

/** A source of certificates that attestation of a new passkey is trusted by. */
public enum TrustSource {
    /** The certificates that Keycloak itself trusts. */
    TRUSTSTORE,
    /** Certificates in the settings of the realm. */
    PEM,
    /** The FIDO Metadata Service, if the server was started with its location. */
    METADATA,
    /** Any certificate is accepted, and none proves anything. Has no effect beside other sources. */
    ANY
}
