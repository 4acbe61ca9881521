package io.github.keycloakpasskey.webauthn;

/** Ends a ceremony inside this package; {@link RelyingParty} turns it into a {@link Verdict}. */
final class CeremonyException extends Exception {

    private final FailureReason reason;

    CeremonyException(FailureReason reason) {
        super(reason.code());
        this.reason = reason;
    }

    CeremonyException(FailureReason reason, Throwable cause) {
        super(reason.code(), cause);
        this.reason = reason;
    }

    FailureReason reason() {
        return reason;
    }

    /** One step of a ceremony: what has to hold, and the reason if it does not. */
    static void require(boolean holds, FailureReason reason) throws CeremonyException {
        if (!holds) {
            throw new CeremonyException(reason);
        }
    }
}
