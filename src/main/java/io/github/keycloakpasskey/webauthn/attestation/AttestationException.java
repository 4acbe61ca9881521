package io.github.keycloakpasskey.webauthn.attestation;

/** An attestation statement does not prove what it claims. */
public final class AttestationException extends Exception {

    AttestationException() {}

    AttestationException(Throwable cause) {
        super(cause);
    }

    /** One rule of a format's verification procedure. */
    static void require(boolean holds) throws AttestationException {
        if (!holds) {
            throw new AttestationException();
        }
    }
}
