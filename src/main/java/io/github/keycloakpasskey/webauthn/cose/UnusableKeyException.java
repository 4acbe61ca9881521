package io.github.keycloakpasskey.webauthn.cose;

/** A public key cannot be used: it is malformed, of another type than its algorithm needs, or weak. */
public class UnusableKeyException extends Exception {

    UnusableKeyException(String problem) {
        super(problem);
    }

    UnusableKeyException(Throwable cause) {
        super(cause);
    }

    static void require(boolean holds, String rule) throws UnusableKeyException {
        if (!holds) {
            throw new UnusableKeyException(rule);
        }
    }
}
