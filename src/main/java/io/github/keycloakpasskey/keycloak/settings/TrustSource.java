package io.github.keycloakpasskey.keycloak.settings;

/** Who may vouch for the authenticators of new passkeys. */
public enum TrustSource {
    /** The certificates that Keycloak itself trusts. */
    TRUSTSTORE,
    /** Certificates of the realm's own. */
    PEM,
    /** The FIDO Metadata Service, where the server has been told where to find it. */
    METADATA,
    /** Nobody: certificates may lead anywhere, and prove nothing. Counts alone, not beside others. */
    ANY;
}
