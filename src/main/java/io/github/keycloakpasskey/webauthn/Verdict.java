package io.github.keycloakpasskey.webauthn;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What became of a ceremony: accepted with a value, or refused for a reason.
 *
 * @param <T> what an accepted ceremony gives
 */
public sealed interface Verdict<T> {

    /** The ceremony holds in every step. */
    record Accepted<T>(T value) implements Verdict<T> {}

    /** One step failed; the reason names it. */
    record Refused<T>(FailureReason reason) implements Verdict<T> {}

    static <T> Verdict<T> accepted(T value) {
        return new Accepted<>(value);
    }

    static <T> Verdict<T> refused(FailureReason reason) {
        return new Refused<>(reason);
    }

    /** Goes on with the value where there is one; a refusal stays what it is. */
    default <R> Verdict<R> then(Function<? super T, Verdict<R>> next) {
        if (this instanceof Accepted<T> accepted) {
            return next.apply(accepted.value());
        }
        return refused(((Refused<T>) this).reason());
    }

    /** Calls exactly one of the two. */
    default void decide(Consumer<? super T> whenAccepted, Consumer<FailureReason> whenRefused) {
        if (this instanceof Accepted<T> accepted) {
            whenAccepted.accept(accepted.value());
        } else {
            whenRefused.accept(((Refused<T>) this).reason());
        }
    }

    /** Why it was refused; empty when it was accepted. */
    default Optional<FailureReason> refusal() {
        return this instanceof Refused<T> refused ? Optional.of(refused.reason()) : Optional.empty();
    }
}
