package io.github.keycloakpasskey.testbed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What was started together and ends together: the newest first, and each of them also where another fails to end. */
final class Resources implements AutoCloseable {

    private final Deque<Runnable> ends = new ArrayDeque<>();

    /** @param end how it ends */
    <T> T add(T started, Consumer<T> end) {
        ends.push(() -> end.accept(started));
        return started;
    }

    /** Ends all because of this failure, which stays the one that is told of. */
    void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!ends.isEmpty()) {
            try {
                ends.pop().run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
