package io.github.keycloakpasskey.bench;

import io.github.keycloakpasskey.bench.Statements.Counted;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether a sign-in becomes slower as there are more users, and as they have more passkeys. */
final class GrowthPart implements Part {

    private static final List<Way> WAYS = List.of(Way.EXTENSION, Way.BUILT_IN);
    private static final double MOST_GROWTH = 1.1;

    private final Site site;
    private final HttpClient http = BenchRealm.newHttpClient();

    GrowthPart(Site site) {
        this.site = site;
    }

    /** The times of sign-ins, in nanoseconds, and what was seen beside them. */
    private static final class Seen {
        private final List<Long> cached = new ArrayList<>();
        private final List<Long> uncached = new ArrayList<>();
        private long statements;
        private int pageBytes;
        private int pageBytesWhenKnown;

        private static double milliseconds(List<Long> nanos) {
            return Figures.median(nanos) / 1e6;
        }

        private double statementsEach() {
            return (double) statements / uncached.size();
        }
    }

    @Override
    public Results measure(Scale scale) {
        Results results = new Results();
        passkeys(scale, results);
        users(scale, results);
        return results;
    }

    private void passkeys(Scale scale, Results results) {
        List<Integer> sizes = scale.isShort() ? List.of(1, 10) : List.of(1, 10, 100);
        Table table = table("Sign-ins of users with more passkeys", "Passkeys each");
        for (Way way : WAYS) {
            BenchRealm realm = site.realm(way);
            Map<Integer, Account> accounts = new LinkedHashMap<>();
            Map<Integer, Seen> seen = new LinkedHashMap<>();
            for (int size : sizes) {
                accounts.put(size, accountWith(size, realm));
                seen.put(size, new Seen());
            }
            // By turns, so that whatever changes on the machine meets all sizes alike.
            for (int i = 0; i < scale.of(100, 3); i++) {
                accounts.forEach((size, account) -> look(realm, List.of(account), seen.get(size)));
            }
            seen.forEach((size, of) -> add(table, size, way, of));
            goals(results, way, "1 to " + sizes.get(sizes.size() - 1) + " passkeys", seen);
        }
        results.add(table);
    }

    private Account accountWith(int passkeys, BenchRealm realm) {
        Account account = realm.newAccount();
        new BrowserSession(http, realm).register(account);
        BrowserSession signedIn = new BrowserSession(http, realm);
        signedIn.signIn(account);
        for (int i = 1; i < passkeys; i++) {
            signedIn.registerAnother(account);
        }
        return account;
    }

    private void users(Scale scale, Results results) {
        List<Integer> sizes = scale.isShort() ? List.of(1_000, 10_000) : List.of(1_000, 10_000, 100_000, 1_000_000);
        Table table = table("Sign-ins in a realm with more users, each with a passkey", "Users");
        Map<Way, Map<Integer, Seen>> seen = new LinkedHashMap<>();
        Population population =
                new Population(site.statements(), site.realm(Way.EXTENSION).name());
        for (int size : sizes) {
            population.growTo(size);
            for (Way way : WAYS) {
                seen.computeIfAbsent(way, none -> new LinkedHashMap<>()).put(size, new Seen());
            }
            for (int i = 0; i < scale.of(10, 1); i++) {
                for (Way way : WAYS) {
                    look(
                            site.realm(way),
                            site.realm(way).accounts(),
                            seen.get(way).get(size));
                }
            }
        }
        seen.forEach((way, bySize) -> {
            bySize.forEach((size, of) -> add(table, size, way, of));
            goals(
                    results,
                    way,
                    Figures.text(sizes.get(0)) + " to " + Figures.text(sizes.get(sizes.size() - 1)) + " users",
                    bySize);
        });
        results.add(table);
    }

    /** Each account signs in twice: when the server has to read its user, and when it has it in the cache. */
    private void look(BenchRealm realm, List<Account> accounts, Seen seen) {
        realm.admin().post("/clear-user-cache", Map.of());
        seen.statements +=
                site
                        .statements()
                        .during(() -> accounts.forEach(account -> seen.uncached.add(signIn(realm, account))))
                        .stream()
                        .filter(Counted::isOfData)
                        .mapToLong(Counted::calls)
                        .sum();
        accounts.forEach(account -> seen.cached.add(signIn(realm, account)));
        seen.pageBytes = new BrowserSession(http, realm).open("").bytes();
        BrowserSession known = new BrowserSession(http, realm);
        known.signIn(accounts.get(0));
        seen.pageBytesWhenKnown = known.open("&prompt=login").bytes();
    }

    private long signIn(BenchRealm realm, Account account) {
        BrowserSession browser = new BrowserSession(http, realm);
        long start = System.nanoTime();
        browser.signIn(account);
        return System.nanoTime() - start;
    }

    private static Table table(String title, String size) {
        return new Table(
                title,
                "Way",
                size,
                "p50, user in the cache, ms",
                "p50, user not in it, ms",
                "SQL statements, user not in it",
                "Bytes of the page",
                "Bytes of the page for a known user");
    }

    private static void add(Table table, int size, Way way, Seen seen) {
        table.add(
                way.label(),
                size,
                Seen.milliseconds(seen.cached),
                Seen.milliseconds(seen.uncached),
                seen.statementsEach(),
                seen.pageBytes,
                seen.pageBytesWhenKnown);
    }

    /** The built-in passkeys are there to compare with. */
    private static void goals(Results results, Way way, String span, Map<Integer, Seen> seen) {
        if (way != Way.EXTENSION) {
            return;
        }
        List<Seen> bySize = List.copyOf(seen.values());
        Seen smallest = bySize.get(0);
        Seen largest = bySize.get(bySize.size() - 1);
        results.add(Goal.atMost(
                "p50 from " + span + ", user in the cache",
                Figures.median(largest.cached) / Figures.median(smallest.cached),
                MOST_GROWTH));
        results.add(Goal.atMost(
                "p50 from " + span + ", user not in the cache",
                Figures.median(largest.uncached) / Figures.median(smallest.uncached),
                MOST_GROWTH));
    }
}
