package io.github.keycloakpasskey.testbed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends requests at the same moment. */
public final class AtOnce {

    private AtOnce() {}

    /** What they were answered, in the order of the requests. */
    public static List<Page> send(List<Callable<Page>> requests) throws Exception {
        CyclicBarrier allReady = new CyclicBarrier(requests.size());
        ExecutorService threads = Executors.newFixedThreadPool(requests.size());
        try {
            List<Future<Page>> pending = new ArrayList<>();
            for (Callable<Page> request : requests) {
                pending.add(threads.submit(() -> {
                    allReady.await();
                    return request.call();
                }));
            }
            List<Page> answers = new ArrayList<>();
            for (Future<Page> answer : pending) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }
}
