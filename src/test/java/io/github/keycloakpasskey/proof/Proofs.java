package io.github.keycloakpasskey.proof;

import io.github.keycloakpasskey.proof.Proof.Kind;
import io.github.keycloakpasskey.proof.Proof.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All that the tests of one run have shown. */
record Proofs(List<Proof> all) {

    /** A subject and the worst result of each test that shows it, in the order of their names. */
    record Evidence(Map<String, Result> byTest) {

        /** Shown only where there is a test, and none that failed or did not run. */
        Result result() {
            return byTest.values().stream().max(Result::compareTo).orElse(Result.NOT_RUN);
        }

        List<String> tests() {
            return List.copyOf(byTest.keySet());
        }
    }

    Proofs {
        all = List.copyOf(all);
    }

    /** Reads what the JVMs of a run left; which wrote which file says nothing. */
    static Proofs read(Path directory) throws IOException {
        List<Proof> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".tsv"))
                    .sorted()
                    .toList()) {
                Files.readAllLines(file).stream().map(Proof::ofLine).forEach(all::add);
            }
        }
        return new Proofs(all);
    }

    Evidence of(Kind kind, String subject) {
        return bySubject(kind).getOrDefault(subject, new Evidence(Map.of()));
    }

    /** The subjects of this kind with what shows them, in the order in which the tests ran. */
    Map<String, Evidence> bySubject(Kind kind) {
        Map<String, Evidence> bySubject = new LinkedHashMap<>();
        all.stream().filter(proof -> proof.kind() == kind).forEach(proof -> bySubject
                .computeIfAbsent(proof.subject(), subject -> new Evidence(new TreeMap<>()))
                .byTest()
                .merge(proof.test(), proof.result(), Proofs::worse));
        return bySubject;
    }

    private static Result worse(Result one, Result other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
