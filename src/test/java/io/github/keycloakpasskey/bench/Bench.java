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
    private final Map<PartName, Measured> measured = new LinkedHashMap<>();

    /** A part stands with what its machine was like, as parts may be measured one by one. */
    private record Measured(Machine machine, Results results) {

        String markdown() {
            return machine.markdown() + "\n\n" + results.markdown();
        }
    }

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
        try (Site site = new Site(directory, options.scale())) {
            for (PartName part : options.parts()) {
                Machine machine = Machine.now(options.isShort());
                System.out.println("Measuring: " + part.code());
                Results results = part.of(site).measure(options.scale());
                System.out.println("\n" + results.markdown() + "\n");
                measured.put(part, new Measured(machine, results));
                // After each part, so that a run that breaks leaves what it had.
                write();
            }
        }
        return measured.values().stream()
                .flatMap(part -> part.results().failures().stream())
                .toList();
    }

    private void write() throws IOException {
        ObjectNode json = new ObjectMapper().createObjectNode();
        StringBuilder markdown = new StringBuilder("# What bin/bench has measured");
        measured.forEach((part, of) -> {
            json.putObject(part.code())
                    .<ObjectNode>set("machine", of.machine().json())
                    .setAll(of.results().json());
            markdown.append("\n\n## ").append(part.code()).append("\n\n").append(of.markdown());
        });
        Files.writeString(directory.resolve("results.json"), json.toPrettyString() + "\n");
        Files.writeString(directory.resolve("results.md"), markdown + "\n");
        if (!options.isShort()) {
            document();
        }
    }

    /** Figures of what failed are of nothing. */
    private void document() throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        measured.forEach((part, of) -> {
            if (of.results().failures().isEmpty()) {
                parts.put(part.code(), of.markdown());
            }
        });
        Files.writeString(DOCUMENT, new GeneratedDocument(Files.readString(DOCUMENT), "bin/bench").with(parts));
    }
}
