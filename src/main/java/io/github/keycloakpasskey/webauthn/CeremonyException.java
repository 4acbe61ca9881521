package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.cose.CredentialPublicKey;
import io.github.keycloakpasskey.webauthn.cose.UnknownAlgorithmException;
import io.github.keycloakpasskey.webauthn.cose.UnusableKeyException;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;

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

    /** One step of a ceremony: refuses with the reason if the condition does not hold. */
    static void require(boolean holds, FailureReason reason) throws CeremonyException {
        if (!holds) {
            throw new CeremonyException(reason);
        }
    }

    /** Reads one part of an answer: refuses with the reason if the part is malformed. */
    static <T> T reading(FailureReason reason, Reader<T> part) throws CeremonyException {
        try {
            return part.read();
        } catch (MalformedException malformed) {
            throw new CeremonyException(reason, malformed);
        }
    }

    /** Reads a public key: refuses an unknown algorithm as not offered, and every other unusable key as invalid. */
    static CredentialPublicKey readingKey(KeyReader key) throws CeremonyException {
        try {
            return key.read();
        } catch (UnknownAlgorithmException notOffered) {
            throw new CeremonyException(FailureReason.ALGORITHM_NOT_OFFERED, notOffered);
        } catch (UnusableKeyException unusable) {
            throw new CeremonyException(FailureReason.PUBLIC_KEY_INVALID, unusable);
        }
    }

    /** Reads one part of an answer; knows no reasons. */
    interface Reader<T> {
        T read() throws MalformedException;
    }

    /** Reads a public key; knows no reasons. */
    interface KeyReader {
        CredentialPublicKey read() throws UnusableKeyException;
    }
}
