package io.github.keycloakpasskey.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the figures of a part hold for: the machine, the versions, and what else went on. */
record Machine(Map<String, String> facts) {

    private static final double QUIET = 0.7;
    private static final int MOST_LOOKS = 36;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    /** As it is now; a full run waits a while for what ran before, its own build above all, to have died away. */
    static Machine now(boolean isShort) {
        double load = isShort ? load() : loadWhenQuiet();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("Commit", System.getProperty("bench.commit", "unknown"));
        facts.put("Run", isShort ? "short: to see that it works, not to compare" : "full");
        facts.put("Processor", lineOf("/proc/cpuinfo", "model name"));
        facts.put("Cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("Memory", lineOf("/proc/meminfo", "MemTotal"));
        facts.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        // The server runs on the same one.
        facts.put("Java", System.getProperty("java.runtime.version"));
        facts.put("Keycloak", System.getProperty("passkey.keycloak-version"));
        facts.put("PostgreSQL", System.getProperty("bench.postgresql", "unknown"));
        facts.put("Chromium", System.getProperty("bench.chromium", "unknown"));
        facts.put("webauthn4j", System.getProperty("bench.webauthn4j", "unknown"));
        facts.put("Load before", Figures.text(load) + (isShort || load <= QUIET ? "" : " (not quiet)"));
        return new Machine(facts);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static double loadWhenQuiet() {
        for (int look = 0; look < MOST_LOOKS && load() > QUIET; look++) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return load();
    }

    String markdown() {
        return facts.entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining(" · "));
    }

    ObjectNode json() {
        return new ObjectMapper().valueToTree(facts);
    }

    private static String lineOf(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
