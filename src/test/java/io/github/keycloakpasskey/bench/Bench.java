package io.github.keycloakpasskey.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.testbed.GeneratedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures, and keeps what it measured: {@code bin/bench}, which gives it the options that it was given. */
public final class Bench {

    private static final Path DOCUMENT = Path.of("docs/performance.md");

    private final BenchOptions options;
    private final Path directory;
    private final Map<String, Results> resultsByPart = new LinkedHashMap<>();

    Bench(BenchOptions options, Path directory) {
        this.options = options;
        this.directory = directory;
    }

    /** The status is 0 where everything worked; a missed goal is a result, not a failure. */
    public static void main(String[] arguments) throws Exception {
        BenchOptions options;
        try {
            options = BenchOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage() + "; see bin/bench --help");
            System.exit(2);
            return;
        }
        List<String> failures = new Bench(options, Path.of("target/bench")).run();
        failures.forEach(failure -> System.err.println("bench: " + failure));
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    /** Runs the parts, one after the other, and writes what they measured; gives what failed. */
    List<String> run() throws Exception {
        Files.createDirectories(directory);
        Machine machine = Machine.ofThisRun(options.isShort());
        try (Site site = new Site(directory, options.scale())) {
            for (PartName part : options.parts()) {
                System.out.println("Measuring: " + part.code());
                Results results = part.of(site).measure(options.scale());
                System.out.println("\n" + results.markdown() + "\n");
                resultsByPart.put(part.code(), results);
                // After each part, so that a run that breaks leaves what it had.
                write(machine);
            }
        }
        return resultsByPart.values().stream()
                .flatMap(results -> results.failures().stream())
                .toList();
    }

    private void write(Machine machine) throws IOException {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.set("machine", machine.json());
        StringBuilder markdown = new StringBuilder(machine.markdown());
        resultsByPart.forEach((part, results) -> {
            json.set(part, results.json());
            markdown.append("\n\n## ").append(part).append("\n\n").append(results.markdown());
        });
        Files.writeString(directory.resolve("results.json"), json.toPrettyString() + "\n");
        Files.writeString(directory.resolve("results.md"), markdown + "\n");
        if (!options.isShort()) {
            document(machine);
        }
    }

    /** Each part stands with the machine that it was measured on, as parts may be measured one by one. */
    private void document(Machine machine) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        resultsByPart.forEach((part, results) -> parts.put(part, machine.markdown() + "\n\n" + results.markdown()));
        Files.writeString(DOCUMENT, new GeneratedDocument(Files.readString(DOCUMENT), "bin/bench").with(parts));
    }
}
