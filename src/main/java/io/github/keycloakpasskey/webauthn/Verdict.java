package io.github.keycloakpasskey.webauthn;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The result of a ceremony, or of a part of one: accepted with a value, or refused for a reason.
 *
 * @param <T> the value of an accepted ceremony
 * @param <R> the type of the reason; {@link FailureReason} where the specification decides
 */
public sealed interface Verdict<T, R> {

    /** Every step of the ceremony passed. */
    record Accepted<T, R>(T value) implements Verdict<T, R> {}

    /** One step failed; the reason names it. */
    record Refused<T, R>(R reason) implements Verdict<T, R> {}

    static <T, R> Verdict<T, R> accepted(T value) {
        return new Accepted<>(value);
    }

    static <T, R> Verdict<T, R> refused(R reason) {
        return new Refused<>(reason);
    }

    /** The verdict of the next part, which is given the accepted value. A refusal stays as it is. */
    default <U> Verdict<U, R> then(Function<? super T, Verdict<U, R>> next) {
        if (this instanceof Accepted<T, R> accepted) {
            return next.apply(accepted.value());
        }
        return refused(((Refused<T, R>) this).reason());
    }

    /** The same verdict with the reason of another layer. An accepted value stays as it is. */
    default <S> Verdict<T, S> mapRefusal(Function<? super R, ? extends S> reasons) {
        if (this instanceof Accepted<T, R> accepted) {
            return accepted(accepted.value());
        }
        return refused(reasons.apply(((Refused<T, R>) this).reason()));
    }

    /** The result of the one function that applies. */
    default <U> U fold(Function<? super T, ? extends U> whenAccepted, Function<? super R, ? extends U> whenRefused) {
        return this instanceof Accepted<T, R> accepted
                ? whenAccepted.apply(accepted.value())
                : whenRefused.apply(((Refused<T, R>) this).reason());
    }

    /** Calls exactly one of the two. */
    default void decide(Consumer<? super T> whenAccepted, Consumer<? super R> whenRefused) {
        if (this instanceof Accepted<T, R> accepted) {
            whenAccepted.accept(accepted.value());
        } else {
            whenRefused.accept(((Refused<T, R>) this).reason());
        }
    }

    /** The reason of a refusal; empty for an accepted ceremony. */
    default Optional<R> refusal() {
        return this instanceof Refused<T, R> refused ? Optional.of(refused.reason()) : Optional.empty();
    }
}
