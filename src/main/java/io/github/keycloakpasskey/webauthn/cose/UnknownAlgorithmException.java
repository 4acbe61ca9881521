package io.github.keycloakpasskey.webauthn.cose;

/** A public key names an algorithm that {@link CoseAlgorithm} does not list. */
public final class UnknownAlgorithmException extends UnusableKeyException {

    UnknownAlgorithmException(long number) {
        super("unknown COSE algorithm " + number);
    }
}
