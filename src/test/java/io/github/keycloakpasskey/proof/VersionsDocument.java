package io.github.keycloakpasskey.proof;

import io.github.keycloakpasskey.proof.VersionCheck.Outcome;
import io.github.keycloakpasskey.testbed.GeneratedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of tested versions of Keycloak. {@code bin/test --versions} runs this when all versions have been tested. */
public final class VersionsDocument {

    private final Map<String, Map<VersionCheck, Outcome>> outcomes;

    VersionsDocument(Map<String, Map<VersionCheck, Outcome>> outcomes) {
        this.outcomes = outcomes;
    }

    /**
     * Prints versions and checks, and puts the table of versions into the document. The status is 0 only where all checks
     * passed and the document had the table already.
     *
     * @param arguments the directory with the reports of each version, the document, and the versions, oldest first
     */
    public static void main(String[] arguments) throws IOException {
        Path document = Path.of(arguments[1]);
        VersionsDocument versions =
                read(Path.of(arguments[0]), List.of(arguments).subList(2, arguments.length));
        System.err.println(versions.checks());
        if (!versions.isPassed()) {
            System.exit(1);
        }
        String before = Files.readString(document);
        String after =
                new GeneratedDocument(before, "bin/test --versions").with(Map.of("versions", versions.versions()));
        if (!after.equals(before)) {
            Files.writeString(document, after);
            System.err.println("The table of versions in " + document + " was not the one of this run. It is now: read"
                    + " the difference, and commit it if it is right.");
            System.exit(1);
        }
    }

    private static VersionsDocument read(Path directory, List<String> versions) throws IOException {
        Map<String, Map<VersionCheck, Outcome>> outcomes = new LinkedHashMap<>();
        for (String version : versions) {
            Map<VersionCheck, Outcome> ofVersion = new EnumMap<>(VersionCheck.class);
            for (VersionCheck check : VersionCheck.values()) {
                ofVersion.put(check, check.outcome(directory.resolve(version)));
            }
            outcomes.put(version, ofVersion);
        }
        return new VersionsDocument(outcomes);
    }

    private boolean isPassed() {
        return outcomes.values().stream()
                .flatMap(checks -> checks.values().stream())
                .allMatch(Outcome::isPassed);
    }

    /** Versions and checks, with the number of tests of each. */
    String checks() {
        List<String> rows = new ArrayList<>();
        List<String> titles =
                Arrays.stream(VersionCheck.values()).map(VersionCheck::title).toList();
        rows.add(row(Stream.concat(Stream.of("Keycloak"), titles.stream())));
        rows.add(row(Stream.concat(Stream.of("-"), titles.stream().map(title -> "-"))));
        outcomes.forEach((version, checks) -> rows.add(
                row(Stream.concat(Stream.of(version), checks.values().stream().map(Outcome::toString)))));
        return String.join("\n", rows);
    }

    /** The tested patch of each minor version, and the least patch to run. */
    String versions() {
        List<String> rows = new ArrayList<>(
                List.of("| Keycloak | Tested patch | What was run | Least patch to run |", "|---|---|---|---|"));
        outcomes.forEach((version, checks) -> {
            String minor = version.substring(0, version.lastIndexOf('.'));
            LeastPatch least = LeastPatch.of(minor);
            String run = checks.keySet().stream().map(VersionCheck::title).collect(Collectors.joining(", "));
            rows.add(row(Stream.of(minor, version, run, "**" + least.patch() + "**: " + least.reason())));
        });
        return String.join("\n", rows);
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |"));
    }
}
