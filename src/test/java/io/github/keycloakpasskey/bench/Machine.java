package io.github.keycloakpasskey.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the figures of a run hold for: the machine and the versions. */
record Machine(Map<String, String> facts) {

    static Machine ofThisRun(boolean isShort) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("Commit", System.getProperty("bench.commit", "unknown"));
        facts.put("Run", isShort ? "short: to see that it works, not to compare" : "full");
        facts.put("Processor", lineOf("/proc/cpuinfo", "model name"));
        facts.put("Cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put("Memory", lineOf("/proc/meminfo", "MemTotal"));
        facts.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("Java", System.getProperty("java.runtime.version"));
        facts.put("Keycloak", System.getProperty("passkey.keycloak-version"));
        facts.put("PostgreSQL", System.getProperty("bench.postgresql", "unknown"));
        // Whether somebody else was at work as well.
        facts.put(
                "Load before",
                Figures.text(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        return new Machine(facts);
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
