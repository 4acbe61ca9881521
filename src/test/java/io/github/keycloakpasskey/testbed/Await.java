package io.github.keycloakpasskey.testbed;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that will be so, and says what it was that did not come. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(50);

    private Await() {}

    /** Looks until something is there, for some seconds. */
    public static <T> T present(String what, Supplier<Optional<T>> look) {
        return present(what, PATIENCE, look);
    }

    /** Looks until something is there. */
    public static <T> T present(String what, Duration patience, Supplier<Optional<T>> look) {
        Instant deadline = Instant.now().plus(patience);
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("Not seen within " + patience.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }

    /** Looks until something is so, for some seconds. */
    public static void until(String what, BooleanSupplier look) {
        present(what, () -> look.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }
}
