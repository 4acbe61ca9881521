package io.github.keycloakpasskey.bench;

import io.github.keycloakpasskey.bench.Statements.Counted;
import io.github.keycloakpasskey.testbed.HttpBrowser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** SQL statements of a sign-in and of a registration, one client at a time. */
final class StatementsPart implements Part {

    private final Site site;
    private final HttpClient http = HttpBrowser.newConnections();

    StatementsPart(Site site) {
        this.site = site;
    }

    @Override
    public Results measure(Scale scale) {
        int times = scale.of(21, 3);
        Table table = new Table(
                "SQL statements, the median of " + times + " times",
                "What",
                "Way",
                "Select",
                "Insert",
                "Update",
                "Delete",
                "All",
                "Begin, commit, set …");
        Map<Way, Double> steady = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            steady.put(way, signIns(table, site.realm(way), times));
        }
        for (Way way : List.of(Way.EXTENSION, Way.BUILT_IN)) {
            passkeys(table, site.realm(way), times);
        }
        Results results = new Results();
        results.add(table);
        results.add(Goal.atMost(
                "SQL statements of a sign-in in steady state, beside those of the built-in passkeys",
                steady.get(Way.EXTENSION),
                steady.get(Way.BUILT_IN)));
        return results;
    }

    /** Gives the number of statements in steady state. */
    private double signIns(Table table, BenchRealm realm, int times) {
        Account account = realm.accounts().get(0);
        // The first may write when it was last used, and the second read that.
        signIn(realm, account);
        signIn(realm, account);
        double steady = add(table, "sign-in, steady", realm, times, () -> signIn(realm, account));
        add(table, "sign-in, user not in the cache", realm, times, () -> signIn(realm, account), () -> realm.admin()
                .post("/clear-user-cache", Map.of()));
        return steady;
    }

    private void passkeys(Table table, BenchRealm realm, int times) {
        Account counted = newAccount(realm);
        counted.counting(true);
        signIn(realm, counted);
        add(table, "sign-in, a counter is written", realm, times, () -> signIn(realm, counted));

        List<Account> fresh = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            fresh.add(newAccount(realm));
        }
        add(table, "sign-in, the first with a passkey", realm, times, () -> signIn(realm, fresh.remove(0)));

        Account regular = newAccount(realm);
        signIn(realm, regular);
        add(
                table,
                "sign-in, the first after a while, user in the cache",
                realm,
                times,
                () -> signIn(realm, regular),
                () -> pretendLongAgo(realm, regular));

        Account collector = newAccount(realm);
        BrowserSession signedIn = new BrowserSession(http, realm);
        signedIn.signIn(collector);
        add(table, "registration, signed in already", realm, times, () -> signedIn.registerAnother(collector));
    }

    /** As if the passkey was used last in 1970; the server has the user in its cache then. */
    private void pretendLongAgo(BenchRealm realm, Account account) {
        site.statements()
                .execute("update credential set credential_data ="
                        + " regexp_replace(credential_data, '\"lastUsed\":[0-9]+', '\"lastUsed\":0')"
                        + " where user_id = (select id from user_entity where username = '" + account.username()
                        + "')");
        realm.admin().post("/clear-user-cache", Map.of());
        String id = realm.admin()
                .get("/users?exact=true&username=" + account.username())
                .get(0)
                .required("id")
                .asText();
        realm.admin().get("/users/" + id + "/credentials");
    }

    private Account newAccount(BenchRealm realm) {
        Account account = realm.newAccount();
        new BrowserSession(http, realm).register(account);
        return account;
    }

    private void signIn(BenchRealm realm, Account account) {
        new BrowserSession(http, realm).signIn(account);
    }

    private double add(Table table, String what, BenchRealm realm, int times, Runnable work) {
        return add(table, what, realm, times, work, () -> {});
    }

    /** @param before what is done before each time, and not counted */
    private double add(Table table, String what, BenchRealm realm, int times, Runnable work, Runnable before) {
        List<List<Counted>> byTime = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            before.run();
            byTime.add(site.statements().during(work));
        }
        double all = median(byTime, Counted::isOfData);
        table.add(
                what,
                realm.way().label(),
                median(byTime, one -> one.kind().equals("select")),
                median(byTime, one -> one.kind().equals("insert")),
                median(byTime, one -> one.kind().equals("update")),
                median(byTime, one -> one.kind().equals("delete")),
                all,
                median(byTime, one -> !one.isOfData()));
        write(what, realm.way(), byTime.stream().flatMap(List::stream).toList());
        return all;
    }

    /** Keycloak has work of its own at times: so not the mean. */
    private static double median(List<List<Counted>> byTime, Predicate<Counted> which) {
        return Figures.median(byTime.stream()
                .map(counted ->
                        counted.stream().filter(which).mapToLong(Counted::calls).sum())
                .toList());
    }

    /** For people who want to know which they were. */
    private void write(String what, Way way, List<Counted> counted) {
        Map<String, Long> callsByText =
                counted.stream().collect(Collectors.groupingBy(Counted::text, Collectors.summingLong(Counted::calls)));
        String text = callsByText.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> entry.getValue() + "\t" + entry.getKey().replaceAll("\\s+", " "))
                .collect(Collectors.joining("\n", "", "\n"));
        String name = (way.label() + " " + what).replaceAll("\\W+", "-");
        try {
            Path file = Files.createDirectories(site.directory().resolve("statements"))
                    .resolve(name + ".txt");
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
