package io.github.keycloakpasskey.fuzz;

import java.time.Duration;

/** Judges an input by the clock. */
final class InTime {

    static final Duration LONGEST = Duration.ofMillis(100);

    private static final int ATTEMPTS = 5;

    private InTime() {}

    /**
     * Judges once; where that took too long, again: a machine pauses now and then, but an input that is slow is slow
     * each time.
     *
     * @throws AssertionError if it never was in time
     */
    static boolean judge(FuzzTarget target, byte[] input) {
        long fastest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long start = System.nanoTime();
            boolean accepted = target.judge(input);
            fastest = Math.min(fastest, System.nanoTime() - start);
            if (fastest <= LONGEST.toNanos()) {
                return accepted;
            }
        }
        throw new AssertionError("took " + Duration.ofNanos(fastest).toMillis() + " ms, the best of " + ATTEMPTS);
    }
}
