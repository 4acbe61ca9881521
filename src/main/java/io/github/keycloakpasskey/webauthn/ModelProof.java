package io.github.keycloakpasskey.webauthn;

/**
 * What it takes to believe the AAGUID beside an attestation certificate. That the certificate is trusted is not enough:
 * of most formats the device's software makes the AAGUID up, and a root may stand above many models.
 */
enum ModelProof {
    /** There is nothing that could prove it. */
    NOTHING,

    /**
     * An anchor that is known to be this model's. The certificate does not name the model, and its key signs what
     * software on the device has chosen.
     */
    ANCHOR,

    /**
     * An anchor that is known to be this model's alone: where several models share one, §8.2.1 wants their certificates
     * to name the model.
     */
    OWN_ANCHOR,

    /** Any anchor: the certificate names the model. */
    CERTIFICATE
}
