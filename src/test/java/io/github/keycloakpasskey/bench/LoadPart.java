package io.github.keycloakpasskey.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Sign-ins per second and their latency, of all ways to sign in by turns on one server. */
final class LoadPart implements Part {

    private static final List<Integer> CLIENTS = List.of(1, 4, 16);

    private final Site site;

    LoadPart(Site site) {
        this.site = site;
    }

    @Override
    public Results measure(Scale scale) {
        Results results = new Results();
        Duration warmUp = Duration.ofSeconds(scale.of(20, 2));
        Duration round = Duration.ofSeconds(scale.of(8, 1));
        for (int turn = 0; turn < scale.of(3, 1); turn++) {
            for (Way way : Way.values()) {
                site.warmUp(way, warmUp).failures().forEach(results::fail);
            }
        }
        Table table = new Table(
                "Sign-ins over HTTP, whole: page, answer, tokens",
                "Clients",
                "Way",
                "Sign-ins",
                "Failed",
                "Sign-ins per s",
                "p50, ms",
                "p95, ms",
                "p99, ms",
                "Of it the client's answering, ms",
                "Processor time of the server each, ms");
        Table ratios = new Table(
                "This extension : the others, the median of the rounds",
                "Clients",
                "Beside",
                "Sign-ins per s",
                "from – to",
                "p50",
                "p95",
                "Processor time of the server each");
        for (int clients : CLIENTS) {
            Map<Way, List<Load.Round>> rounds = rounds(clients, scale.of(7, 1), round);
            rounds.values().forEach(of -> Load.Round.together(of).failures().forEach(results::fail));
            if (rounds.values().stream().flatMap(List::stream).anyMatch(one -> one.inTime() == 0)) {
                results.fail("a way to sign in brought nobody in, with " + clients + " clients");
                return results;
            }
            rounds.forEach((way, of) -> {
                Load.Round all = Load.Round.together(of);
                table.add(
                        clients,
                        way.label(),
                        all.signIns(),
                        all.failures().size(),
                        Figures.median(of.stream().map(Load.Round::perSecond).toList()),
                        all.milliseconds(50),
                        all.milliseconds(95),
                        all.milliseconds(99),
                        all.millisecondsOfAnsweringEach(),
                        all.serverMillisecondsEach());
            });
            for (Way other : List.of(Way.BUILT_IN, Way.PASSWORD)) {
                List<Double> perSecondOfRounds = ratios(rounds, other, Load.Round::perSecond);
                double perSecond = Figures.median(perSecondOfRounds);
                ratios.add(
                        clients,
                        other.label(),
                        perSecond,
                        Figures.range(perSecondOfRounds),
                        Figures.median(ratios(rounds, other, measured -> measured.milliseconds(50))),
                        Figures.median(ratios(rounds, other, measured -> measured.milliseconds(95))),
                        Figures.median(ratios(rounds, other, Load.Round::serverMillisecondsEach)));
                if (other == Way.BUILT_IN) {
                    results.add(Goal.atLeast(
                            "Sign-ins per s : those of the built-in passkeys, " + clients
                                    + (clients == 1 ? " client" : " clients"),
                            perSecond,
                            1));
                }
            }
        }
        results.add(table);
        results.add(ratios);
        return results;
    }

    /** By turns, so that whatever changes on the machine meets all ways alike. */
    private Map<Way, List<Load.Round>> rounds(int clients, int count, Duration duration) {
        Map<Way, List<Load.Round>> rounds = new EnumMap<>(Way.class);
        for (int i = 0; i < count; i++) {
            for (Way way : Way.inTurn(List.of(Way.values()), i)) {
                rounds.computeIfAbsent(way, none -> new ArrayList<>())
                        .add(new Load(site.realm(way), clients).run(duration));
            }
        }
        return rounds;
    }

    private interface Figure {
        double of(Load.Round round);
    }

    private static List<Double> ratios(Map<Way, List<Load.Round>> rounds, Way other, Figure figure) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds.get(other).size(); i++) {
            ratios.add(figure.of(rounds.get(Way.EXTENSION).get(i))
                    / figure.of(rounds.get(other).get(i)));
        }
        return ratios;
    }
}
