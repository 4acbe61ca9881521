package io.github.keycloakpasskey.metadata;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** A clock and a timer whose time passes when a test says so. */
final class TestTime extends Clock implements Timer {

    private Instant now = Instant.now();
    private Optional<Runnable> task = Optional.empty();
    private Duration delay = Duration.ZERO;
    private boolean closed;

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("instants only");
    }

    @Override
    public void after(Duration wait, Runnable next) {
        delay = wait;
        task = Optional.of(next);
    }

    /** How long the next task waits. */
    Duration delay() {
        return delay;
    }

    /** Time passes until the next task, which runs. */
    void untilNext() {
        now = now.plus(delay);
        Runnable next = task.orElseThrow();
        task = Optional.empty();
        next.run();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
