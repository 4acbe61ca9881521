package io.github.keycloakpasskey.proof;

import io.github.keycloakpasskey.proof.Proof.Kind;
import io.github.keycloakpasskey.proof.Proof.Result;
import io.github.keycloakpasskey.proof.Proofs.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables of {@code docs/security.md}, which say what was shown, and of {@code docs/evidence.md}, which say by which
 * tests. The same proofs give the same tables, in whatever order the tests ran.
 */
final class ProofTables {

    private static final Pattern STEP = Pattern.compile("§7\\.\\d step (\\d+)\\b.*");
    private static final String NO_TEST = "no test";

    private final Proofs proofs;

    ProofTables(Proofs proofs) {
        this.proofs = proofs;
    }

    /** What was shown: the tables of {@code docs/security.md}, by their names. */
    Map<String, String> results() {
        return Map.of("threats", threats(), "weaknesses", weaknesses());
    }

    /** What shows it: the tables of {@code docs/evidence.md}, by their names. */
    Map<String, String> evidence() {
        return Map.of(
                "threat-tests", threatTests(),
                "weakness-tests", weaknessTests(),
                "registration", steps(Section.REGISTRATION),
                "authentication", steps(Section.AUTHENTICATION));
    }

    private String threats() {
        List<String> rows = new ArrayList<>(head("From", "Threat", "What stops it", "Result"));
        for (Threat threat : Threat.values()) {
            String result = result(proofs.of(Kind.THREAT, threat.name()));
            rows.add(row(threat.from(), threat.what(), threat.stoppedBy(), result));
        }
        return String.join("\n", rows);
    }

    private String weaknesses() {
        List<String> rows = new ArrayList<>(head("Built-in passkeys of 26.7.3", "Here", "Result"));
        for (Weakness weakness : Weakness.values()) {
            String here = weakness.reason().isEmpty() ? "succeeds" : "refused: `" + weakness.reason() + "`";
            rows.add(row(weakness.what(), here, result(proofs.of(Kind.WEAKNESS, weakness.name()))));
        }
        return String.join("\n", rows);
    }

    private String threatTests() {
        List<String> rows = new ArrayList<>(head("Threat", "Tests"));
        for (Threat threat : Threat.values()) {
            rows.add(row(threat.what(), tests(proofs.of(Kind.THREAT, threat.name()))));
        }
        return String.join("\n", rows);
    }

    private String weaknessTests() {
        List<String> rows = new ArrayList<>(head("Weakness", "Tests"));
        for (Weakness weakness : Weakness.values()) {
            rows.add(row(weakness.what(), tests(proofs.of(Kind.WEAKNESS, weakness.name()))));
        }
        return String.join("\n", rows);
    }

    private String steps(Section section) {
        Map<Integer, List<String>> rowsByStep = new TreeMap<>();
        addInOrder(section, rowsByStep);
        addSingle(section, rowsByStep);
        for (int step = 1; step <= section.steps(); step++) {
            if (!rowsByStep.containsKey(step)) {
                rowsByStep.put(step, List.of(untested(section, step)));
            }
        }
        List<String> rows = new ArrayList<>(head("Step", "Test", "Result"));
        rowsByStep.values().forEach(rows::addAll);
        return String.join("\n", rows);
    }

    /** Those that go through a section keep their order; what has no number belongs to the step before it. */
    private void addInOrder(Section section, Map<Integer, List<String>> rowsByStep) {
        int step = 1;
        for (Map.Entry<String, Evidence> shown : proofs.bySubject(Kind.STEP).entrySet()) {
            if (Section.of(shown.getKey()) == section) {
                Matcher numbered = STEP.matcher(shown.getKey());
                step = numbered.matches() ? Integer.parseInt(numbered.group(1)) : step;
                add(section, rowsByStep, step, shown);
            }
        }
    }

    private void addSingle(Section section, Map<Integer, List<String>> rowsByStep) {
        for (Map.Entry<String, Evidence> shown : new TreeMap<>(proofs.bySubject(Kind.SINGLE_STEP)).entrySet()) {
            Matcher numbered = STEP.matcher(shown.getKey());
            if (!numbered.matches()) {
                throw new IllegalArgumentException("no step of §7.1 or §7.2: " + shown.getKey());
            }
            if (Section.of(shown.getKey()) == section) {
                add(section, rowsByStep, Integer.parseInt(numbered.group(1)), shown);
            }
        }
    }

    private static void add(
            Section section, Map<Integer, List<String>> rowsByStep, int step, Map.Entry<String, Evidence> shown) {
        String name = shown.getKey().substring(section.number().length() + 1);
        rowsByStep
                .computeIfAbsent(step, number -> new ArrayList<>())
                .add(row(name, tests(shown.getValue()), result(shown.getValue())));
    }

    private static String untested(Section section, int step) {
        return section.whyNothingFails(step)
                .map(why -> row("step " + step, why, "nothing can fail"))
                .orElseGet(() -> row("step " + step, NO_TEST, "not shown"));
    }

    private static String tests(Evidence evidence) {
        return evidence.byTest().isEmpty()
                ? NO_TEST
                : evidence.tests().stream().map(test -> "`" + test + "`").collect(Collectors.joining("<br>"));
    }

    private static String result(Evidence evidence) {
        Result result = evidence.result();
        return switch (result) {
            case HELD -> result.name().toLowerCase(Locale.ROOT);
            case NOT_RUN -> evidence.byTest().isEmpty() ? "not shown" : "NOT RUN";
            case FAILED -> "FAILED";
        };
    }

    private static List<String> head(String... columns) {
        return List.of(row(columns), "|---".repeat(columns.length) + "|");
    }

    private static String row(String... cells) {
        return List.of(cells).stream()
                .map(cell -> " " + cell.replace("|", "\\|") + " ")
                .collect(Collectors.joining("|", "|", "|"));
    }
}
