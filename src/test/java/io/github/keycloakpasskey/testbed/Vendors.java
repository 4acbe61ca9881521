package io.github.keycloakpasskey.testbed;

import java.util.UUID;

/** Makers of authenticators, and what the server of the tests knows of them. */
public final class Vendors {

    /** In Keycloak's truststore. */
    public static final TestCertificateAuthority TRUSTED = TestCertificateAuthority.root("Vendor in the truststore");

    /** In the metadata. */
    public static final TestCertificateAuthority LISTED = TestCertificateAuthority.root("Vendor in the metadata");

    /** Nowhere. */
    public static final TestCertificateAuthority UNKNOWN = TestCertificateAuthority.root("Vendor that nobody knows");

    /** A model of {@link #LISTED} with the certification L1. */
    public static final UUID CERTIFIED = UUID.fromString("5ca1ab1e-0000-4000-8000-000000000001");

    /** A model of {@link #LISTED} whose keys have been read out. */
    public static final UUID COMPROMISED = UUID.fromString("5ca1ab1e-0000-4000-8000-000000000002");

    private Vendors() {}

    /** The metadata blob, signed under {@link TestMetadata#ROOT}. */
    static String metadata() {
        return new TestMetadata()
                .model(CERTIFIED.toString(), LISTED.certificate(), "FIDO_CERTIFIED_L1")
                .model(COMPROMISED.toString(), LISTED.certificate(), "FIDO_CERTIFIED_L1", "ATTESTATION_KEY_COMPROMISE")
                .sign();
    }
}
