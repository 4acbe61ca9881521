package io.github.keycloakpasskey.bench;

import io.github.keycloakpasskey.testbed.HttpBrowser;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** So many clients that sign in one after the other, each time somebody else and with a browser that knows nothing. */
final class Load {

    /** Of a server that is broken no more is asked. */
    private static final int MOST_FAILURES = 10;

    private final BenchRealm realm;
    private final int clients;
    private final boolean signingOut;

    Load(BenchRealm realm, int clients) {
        this(realm, clients, false);
    }

    /** @param signingOut whether each session is ended at once */
    Load(BenchRealm realm, int clients, boolean signingOut) {
        this.realm = realm;
        this.clients = clients;
        this.signingOut = signingOut;
    }

    /**
     * What was measured in one stretch of time.
     *
     * @param nanos how long each sign-in took that succeeded
     * @param inTime how many of them ended before the time was over
     * @param failures what was seen of those that did not
     * @param nanosOfAnswering the client's own side of all sign-ins, the signature above all
     * @param seconds how long it was
     * @param serverSeconds the processor time that the server's JVM used in it
     */
    record Round(
            List<Long> nanos,
            int inTime,
            List<String> failures,
            long nanosOfAnswering,
            double seconds,
            double serverSeconds) {

        static Round together(List<Round> rounds) {
            return new Round(
                    rounds.stream().flatMap(round -> round.nanos.stream()).toList(),
                    rounds.stream().mapToInt(Round::inTime).sum(),
                    rounds.stream().flatMap(round -> round.failures.stream()).toList(),
                    rounds.stream().mapToLong(Round::nanosOfAnswering).sum(),
                    rounds.stream().mapToDouble(Round::seconds).sum(),
                    rounds.stream().mapToDouble(Round::serverSeconds).sum());
        }

        int signIns() {
            return nanos.size();
        }

        double perSecond() {
            return inTime / seconds;
        }

        double milliseconds(double percent) {
            return Figures.percentile(nanos, percent) / 1e6;
        }

        double millisecondsOfAnsweringEach() {
            return nanosOfAnswering / 1e6 / nanos.size();
        }

        double serverMillisecondsEach() {
            return serverSeconds * 1e3 / nanos.size();
        }
    }

    /** Begins no new sign-in after this time, and counts those into the rate that are done by then. */
    Round run(Duration duration) {
        HttpClient http = HttpBrowser.newConnections();
        Duration serverBefore = realm.processorTime();
        long end = System.nanoTime() + duration.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<Round>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                List<Account> accounts = accountsOf(client);
                running.add(threads.submit((Callable<Round>) () -> signIn(http, accounts, end)));
            }
            List<Round> done = new ArrayList<>();
            for (Future<Round> client : running) {
                done.add(client.get());
            }
            Round all = Round.together(done);
            double serverSeconds = realm.processorTime().minus(serverBefore).toNanos() / 1e9;
            return new Round(
                    all.nanos(),
                    all.inTime(),
                    all.failures(),
                    all.nanosOfAnswering(),
                    duration.toNanos() / 1e9,
                    serverSeconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Nobody signs in twice at the same time, where there are as many people as clients. */
    private List<Account> accountsOf(int client) {
        List<Account> all = realm.accounts();
        List<Account> own = new ArrayList<>();
        for (int i = client % all.size(); i < all.size(); i += clients) {
            own.add(all.get(i));
        }
        return own;
    }

    private Round signIn(HttpClient http, List<Account> accounts, long end) {
        List<Long> nanos = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        int inTime = 0;
        long answering = 0;
        for (int i = 0; System.nanoTime() < end && failures.size() < MOST_FAILURES; i++) {
            Account account = accounts.get(i % accounts.size());
            BrowserSession browser = new BrowserSession(http, realm);
            long start = System.nanoTime();
            try {
                var tokens = browser.signIn(account);
                long done = System.nanoTime();
                nanos.add(done - start);
                inTime += done <= end ? 1 : 0;
                answering += browser.nanosOfAnswering();
                if (signingOut) {
                    browser.signOut(tokens);
                }
            } catch (RuntimeException e) {
                failures.add(realm.way().label() + ", " + clients + " clients: " + e);
            }
        }
        return new Round(nanos, inTime, failures, answering, 0, 0);
    }
}
