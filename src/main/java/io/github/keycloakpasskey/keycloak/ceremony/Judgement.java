package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.Verdict;

/**
 * The result of a ceremony, with the evidence for its event.
 *
 * @param <T> what an accepted ceremony gives
 */
public record Judgement<T>(Verdict<T, RefusalReason> verdict, CeremonyEvidence evidence) {

    /**
     * The verdict as the user or an app may learn it: the reason does not depend on what is stored, unless the signature is
     * right. The reason of {@link #verdict} is for events only.
     */
    public Verdict<T, RefusalReason> publicVerdict() {
        return verdict.mapRefusal(reason -> evidence.ifStored()
                .map(RefusalReason::of)
                .orElse(reason)
                .map(Judgement::publicReason, RefusalReason::of));
    }

    /** Anyone can name a passkey: whatever its record contradicts is told as a wrong signature. */
    private static RefusalReason publicReason(FailureReason reason) {
        return RefusalReason.of(reason.isAboutStoredCredential() ? FailureReason.SIGNATURE_INVALID : reason);
    }

    static <T> Judgement<T> accepted(T value, CeremonyEvidence evidence) {
        return new Judgement<>(Verdict.accepted(value), evidence);
    }

    static <T> Judgement<T> refused(RefusalReason reason, CeremonyEvidence evidence) {
        return new Judgement<>(Verdict.refused(reason), evidence);
    }

    static <T> Judgement<T> refused(FailureReason reason, CeremonyEvidence evidence) {
        return refused(RefusalReason.of(reason), evidence);
    }

    static <T> Judgement<T> refused(KeycloakReason reason, CeremonyEvidence evidence) {
        return refused(RefusalReason.of(reason), evidence);
    }
}
