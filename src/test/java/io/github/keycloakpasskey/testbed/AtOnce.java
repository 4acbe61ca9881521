package io.github.keycloakpasskey.testbed;

import static org.assertj.core.api.Assertions.assertThat;

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
        return send(requests, () -> {});
    }

    /** The same, where something is done while they are under way. */
    public static List<Page> send(List<Callable<Page>> requests, Runnable meanwhile) throws Exception {
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
            meanwhile.run();
            List<Page> answers = new ArrayList<>();
            for (Future<Page> answer : pending) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }

    /** One is back at the app, the others read on their pages why they are not. */
    public static void assertOneIsAccepted(List<Page> answers, String error) {
        assertThat(answers).filteredOn(Page::isBackAtApp).hasSize(1);
        assertThat(answers)
                .filteredOn(page -> !page.isBackAtApp())
                .hasSize(answers.size() - 1)
                .allSatisfy(page -> {
                    assertThat(page.status()).isEqualTo(200);
                    assertThat(page.error()).contains(error);
                });
    }
}
