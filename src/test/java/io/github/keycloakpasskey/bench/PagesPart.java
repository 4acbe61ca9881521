package io.github.keycloakpasskey.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import io.github.keycloakpasskey.testbed.Chromium;
import io.github.keycloakpasskey.testbed.VirtualAuthenticator;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What Chromium loads of the sign-in pages with an empty cache, and how soon their button for passkeys can be used. */
final class PagesPart implements Part {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MOST_SCRIPT_BYTES = 5_000;

    /**
     * Notes when the button works: this extension's is switched on by its script, the built-in one is there before its
     * script listens to it.
     */
    private static final String NOTE_WHEN_USABLE = """
            window.usableAfter = 0;
            const note = () => { window.usableAfter ||= performance.now(); };
            const listen = EventTarget.prototype.addEventListener;
            EventTarget.prototype.addEventListener = function (type, ...rest) {
              listen.call(this, type, ...rest);
              if (type === "click" && this.id === "authenticateWebAuthnButton") note();
            };
            new MutationObserver(() => {
              if (document.querySelector("#passkey-start:enabled")) note();
            }).observe(document, { subtree: true, childList: true, attributes: true });
            """;

    private static final String MEASURE = """
            () => JSON.stringify({
              usableAfter: window.usableAfter,
              loaded: [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
                .map(({ name, encodedBodySize, decodedBodySize }) =>
                  ({ path: new URL(name).pathname, encodedBodySize, decodedBodySize })),
            })
            """;

    private final Site site;

    PagesPart(Site site) {
        this.site = site;
    }

    @Override
    public Results measure(Scale scale) {
        Map<Way, List<JsonNode>> loads = new EnumMap<>(Way.class);
        try (Chromium chromium = new Chromium()) {
            for (int i = 0; i <= scale.of(20, 2); i++) {
                for (Way way : Way.inTurn(List.of(Way.values()), i)) {
                    JsonNode load = load(chromium, site.realm(way));
                    // The first fills the server's caches.
                    if (i > 0) {
                        loads.computeIfAbsent(way, none -> new ArrayList<>()).add(load);
                    }
                }
            }
        }
        return results(loads);
    }

    private static JsonNode load(Chromium chromium, BenchRealm realm) {
        try (BrowserContext context = chromium.newContext()) {
            Page page = context.newPage();
            new VirtualAuthenticator(page);
            page.addInitScript(NOTE_WHEN_USABLE);
            page.navigate(realm.authorization("").toString());
            if (realm.way().hasPasskeys()) {
                page.waitForFunction("window.usableAfter > 0");
            }
            page.waitForLoadState(LoadState.NETWORKIDLE);
            return JSON.readTree((String) page.evaluate(MEASURE));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Results results(Map<Way, List<JsonNode>> loads) {
        Table table = new Table(
                "The sign-in page in Chromium, with an empty cache",
                "Way",
                "Requests",
                "Bytes, as sent",
                "Bytes, unpacked",
                "Scripts",
                "Script bytes, as sent",
                "Script bytes, unpacked",
                "Of them for passkeys, as sent",
                "Of them for passkeys, unpacked",
                "Passkey button usable after, ms (p50)");
        Set<String> withoutPasskeys = paths(loads.get(Way.PASSWORD).get(0).path("loaded"));
        Predicate<JsonNode> isForPasskeys = loaded -> isScript(loaded) && !withoutPasskeys.contains(path(loaded));
        Results results = new Results();
        loads.forEach((way, of) -> {
            JsonNode loaded = of.get(0).path("loaded");
            if (of.stream().map(load -> paths(load.path("loaded"))).distinct().count() > 1) {
                results.fail(way.label() + ": the page did not load the same each time");
            }
            long own = sum(loaded, isForPasskeys, PagesPart::asSent);
            table.add(
                    way.label(),
                    loaded.size(),
                    sum(loaded, any -> true, PagesPart::asSent),
                    sum(loaded, any -> true, PagesPart::unpacked),
                    sum(loaded, PagesPart::isScript, one -> 1),
                    sum(loaded, PagesPart::isScript, PagesPart::asSent),
                    sum(loaded, PagesPart::isScript, PagesPart::unpacked),
                    own,
                    sum(loaded, isForPasskeys, PagesPart::unpacked),
                    way.hasPasskeys()
                            ? Figures.median(of.stream()
                                    .map(load -> load.path("usableAfter").asDouble())
                                    .toList())
                            : "none");
            if (way == Way.EXTENSION) {
                results.add(Goal.atMost(
                        "Bytes of this extension's scripts on its page, compressed", (double) own, MOST_SCRIPT_BYTES));
            }
        });
        results.add(table);
        return results;
    }

    private static long sum(JsonNode loaded, Predicate<JsonNode> which, ToLongFunction<JsonNode> figure) {
        return StreamSupport.stream(loaded.spliterator(), false)
                .filter(which)
                .mapToLong(figure)
                .sum();
    }

    private static Set<String> paths(JsonNode loaded) {
        return StreamSupport.stream(loaded.spliterator(), false)
                .map(PagesPart::path)
                .collect(Collectors.toSet());
    }

    private static String path(JsonNode loaded) {
        return loaded.path("path").asText();
    }

    private static boolean isScript(JsonNode loaded) {
        return path(loaded).endsWith(".js");
    }

    private static long asSent(JsonNode loaded) {
        return loaded.path("encodedBodySize").asLong();
    }

    private static long unpacked(JsonNode loaded) {
        return loaded.path("decodedBodySize").asLong();
    }
}
