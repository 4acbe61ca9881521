package io.github.keycloakpasskey.webauthn.attestation;

/**
 * The trust anchor that proves the AAGUID of a certified statement. A trusted certificate alone does not prove it: in
 * most formats, software on the device chooses the AAGUID, and many models can share one root.
 */
public enum ModelProof {
    /** No anchor proves the AAGUID. */
    NOTHING,

    /**
     * An anchor that is listed for this model. The certificate does not name the model, and its key signs an AAGUID that
     * software on the device has chosen.
     */
    ANCHOR,

    /**
     * An anchor that is listed for this model only. If several models share an anchor, §8.2.1 demands certificates that
     * name the model.
     */
    OWN_ANCHOR,

    /** Any anchor, because the certificate names the model. */
    CERTIFICATE
}
