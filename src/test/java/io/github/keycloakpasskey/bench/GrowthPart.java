package io.github.keycloakpasskey.bench;

import io.github.keycloakpasskey.bench.Statements.Counted;
import io.github.keycloakpasskey.testbed.HttpBrowser;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether a sign-in becomes slower as there are more users, and as they have more passkeys. */
final class GrowthPart implements Part {

    private static final List<Way> WAYS = List.of(Way.EXTENSION, Way.BUILT_IN);
    private static final double MOST_GROWTH = 1.1;

    private final Site site;
    private final HttpClient http = HttpBrowser.newConnections();

    GrowthPart(Site site) {
        this.site = site;
    }

    /** The times of sign-ins, in nanoseconds, and what was seen beside them. */
    private static final class Seen {
        private final List<Long> cached = new ArrayList<>();
        private final List<Long> uncached = new ArrayList<>();
        private final List<Double> statementsEach = new ArrayList<>();
        private int pageBytes;
        private int pageBytesWhenKnown;

        private static double milliseconds(List<Long> nanos) {
            return Figures.median(nanos) / 1e6;
        }
    }

    @Override
    public Results measure(Scale scale) {
        Results results = new Results();
        for (Way way : WAYS) {
            site.warmUp(way, Duration.ofSeconds(scale.of(30, 1))).failures().forEach(results::fail);
        }
        passkeys(scale, results);
        users(scale, results);
        return results;
    }

    private void passkeys(Scale scale, Results results) {
        List<Integer> sizes = scale.isShort() ? List.of(1, 10) : List.of(1, 10, 100);
        Table table = table("Sign-ins of users with more passkeys", "Passkeys each");
        Map<Way, Map<Integer, Account>> accounts = new LinkedHashMap<>();
        Map<Way, Map<Integer, Seen>> seen = new LinkedHashMap<>();
        for (Way way : WAYS) {
            Map<Integer, Account> bySize = new LinkedHashMap<>();
            seen.put(way, new LinkedHashMap<>());
            for (int size : sizes) {
                bySize.put(size, accountWith(size, site.realm(way)));
                seen.get(way).put(size, new Seen());
            }
            accounts.put(way, bySize);
        }
        // By turns, so that whatever changes on the machine meets all alike.
        for (int i = 0; i < scale.of(100, 3); i++) {
            for (Way way : Way.inTurn(WAYS, i)) {
                accounts.get(way)
                        .forEach((size, account) -> look(
                                site.realm(way), List.of(account), seen.get(way).get(size)));
            }
        }
        tell(table, results, "1 to " + sizes.get(sizes.size() - 1) + " passkeys", seen);
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
        Table table = table("Sign-ins in realms with more users, each with a passkey and a password", "Users");
        Map<Way, Population> populations = new LinkedHashMap<>();
        Map<Way, Map<Integer, Seen>> seen = new LinkedHashMap<>();
        for (Way way : WAYS) {
            BenchRealm realm = site.realm(way);
            populations.put(
                    way,
                    new Population(
                            site.statements(),
                            realm.name(),
                            realm.accounts().get(0).username()));
            seen.put(way, new LinkedHashMap<>());
        }
        for (int size : sizes) {
            populations.values().forEach(population -> population.growTo(size));
            for (Way way : WAYS) {
                seen.get(way).put(size, new Seen());
            }
            look(scale, size, seen);
        }
        // Once more with the fewest, as servers also become faster or slower with time alone.
        populations.values().forEach(population -> population.shrinkTo(sizes.get(0)));
        look(scale, sizes.get(0), seen);
        String span = Figures.text(sizes.get(0)) + " to " + Figures.text(sizes.get(sizes.size() - 1)) + " users";
        tell(table, results, span, seen);
        results.add(table);
    }

    private void look(Scale scale, int size, Map<Way, Map<Integer, Seen>> seen) {
        for (int i = 0; i < scale.of(10, 1); i++) {
            for (Way way : Way.inTurn(WAYS, i)) {
                look(site.realm(way), site.realm(way).accounts(), seen.get(way).get(size));
            }
        }
    }

    /** Each account signs in twice: when the server has to read its user, and when it has it in the cache. */
    private void look(BenchRealm realm, List<Account> accounts, Seen seen) {
        realm.admin().post("/clear-user-cache", Map.of());
        long statements = site
                .statements()
                .during(() -> accounts.forEach(account -> seen.uncached.add(signIn(realm, account))))
                .stream()
                .filter(Counted::isOfData)
                .mapToLong(Counted::calls)
                .sum();
        seen.statementsEach.add((double) statements / accounts.size());
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

    private static void tell(Table table, Results results, String span, Map<Way, Map<Integer, Seen>> seen) {
        seen.forEach((way, bySize) -> bySize.forEach((size, of) -> table.add(
                way.label(),
                size,
                Seen.milliseconds(of.cached),
                Seen.milliseconds(of.uncached),
                Figures.median(of.statementsEach),
                of.pageBytes,
                of.pageBytesWhenKnown)));
        goals(results, span, List.copyOf(seen.get(Way.EXTENSION).values()));
    }

    /** The built-in passkeys are there to compare with. */
    private static void goals(Results results, String span, List<Seen> bySize) {
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
