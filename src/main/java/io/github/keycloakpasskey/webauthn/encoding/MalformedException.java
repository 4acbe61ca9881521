package io.github.keycloakpasskey.webauthn.encoding;

/**
 * Bytes or text do not have the encoding that they should have. It carries no reason for users: the caller knows which
 * part of a ceremony it was reading.
 */
public final class MalformedException extends Exception {

    public MalformedException() {}

    /** The message is that of the cause. */
    public MalformedException(Throwable cause) {
        super(cause.getMessage(), cause);
    }

    /**
     * One rule of an encoding.
     *
     * @throws MalformedException if the rule does not hold
     */
    public static void require(boolean holds) throws MalformedException {
        if (!holds) {
            throw new MalformedException();
        }
    }
}
