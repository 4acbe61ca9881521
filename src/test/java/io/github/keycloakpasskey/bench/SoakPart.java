package io.github.keycloakpasskey.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.testbed.AdminApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether the server keeps memory of sign-ins that are over. */
final class SoakPart implements Part {

    private static final int CLIENTS = 4;
    private static final int STRETCHES = 12;

    /** Compiled code, caches and pools fill at first. */
    private static final int WARM_UP = 3;

    private static final int COMPARED = 3;
    private static final double MOST_GROWTH_PERCENT = 5;

    /** Less than anything that would be kept of a sign-in by mistake; more than what the samples differ by chance. */
    private static final double MOST_LEFT_BYTES = 100;

    private static final String CHALLENGE_LIFESPAN = "webAuthnPolicyPasswordlessCreateTimeout";
    private static final int SHORT_LIFESPAN_SECONDS = 10;

    private final Site site;

    SoakPart(Site site) {
        this.site = site;
    }

    /** That a challenge was used is remembered a minute longer than it lives: within the warm-up, and not half an hour. */
    @Override
    public Results measure(Scale scale) {
        AdminApi realm = site.realm(Way.EXTENSION).admin();
        letChallengesLive(realm, SHORT_LIFESPAN_SECONDS);
        try {
            return soak(scale);
        } finally {
            letChallengesLive(realm, 0);
        }
    }

    /** Keycloak changes a realm's policy only where it is told all of it. */
    private static void letChallengesLive(AdminApi realm, int seconds) {
        ObjectNode representation = (ObjectNode) realm.get("");
        realm.put("", representation.put(CHALLENGE_LIFESPAN, seconds));
    }

    private Results soak(Scale scale) {
        LiveHeap heap = new LiveHeap(site.server().javaProcess());
        Duration stretch = scale.soak().dividedBy(STRETCHES);
        Table table = new Table(
                "Live heap after full collections, each sign-in signed out at once",
                "After, s",
                "Sign-ins so far",
                "Live heap, MB",
                "Objects");
        Results results = new Results();
        List<Double> megabytes = new ArrayList<>();
        List<Long> signInsByThen = new ArrayList<>();
        long signIns = 0;
        Load load = new Load(site.realm(Way.EXTENSION), CLIENTS, true);
        for (int i = 1; i <= STRETCHES; i++) {
            Load.Round round = load.run(stretch);
            round.failures().forEach(results::fail);
            signIns += round.signIns();
            LiveHeap.Size size = heap.measure();
            megabytes.add(size.megabytes());
            signInsByThen.add(signIns);
            table.add(stretch.multipliedBy(i).toMillis() / 1e3, signIns, size.megabytes(), size.objects());
        }
        results.add(table);
        double before = Figures.median(megabytes.subList(WARM_UP, WARM_UP + COMPARED));
        double after = Figures.median(megabytes.subList(STRETCHES - COMPARED, STRETCHES));
        double between = Figures.median(signInsByThen.subList(STRETCHES - COMPARED, STRETCHES))
                - Figures.median(signInsByThen.subList(WARM_UP, WARM_UP + COMPARED));
        Goal growth = Goal.atMost(
                "Growth of the live heap between the first three and the last three samples after the warm-up, %",
                100 * (after - before) / before, MOST_GROWTH_PERCENT);
        results.add(growth);
        results.add(Goal.atMost(
                "Bytes that stay of each sign-in between those samples",
                1e6 * (after - before) / between,
                MOST_LEFT_BYTES));
        // In a short run everything is warm-up.
        if (!growth.isMet() && !scale.isShort()) {
            results.fail("the heap grew by " + Figures.text(growth.measured()) + " %");
        }
        return results;
    }
}
