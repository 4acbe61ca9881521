package io.github.keycloakpasskey.metadata;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs things later, one after another. */
interface Timer extends AutoCloseable {

    void after(Duration delay, Runnable task);

    /** What has not run yet does not run any more; what runs is interrupted. */
    @Override
    void close();

    /** One thread that does not keep the server from stopping, and that tells what a task dies of. */
    static Timer daemon(String threadName) {
        ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread daemon = new Thread(task, threadName);
                    daemon.setDaemon(true);
                    return daemon;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        return new Timer() {

            @Override
            public void after(Duration delay, Runnable task) {
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, thread)
                        .execute(task);
            }

            @Override
            public void close() {
                thread.shutdownNow();
            }
        };
    }
}
