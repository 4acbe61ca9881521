package io.github.keycloakpasskey.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.keycloakpasskey.proof.Proof.Kind;
import io.github.keycloakpasskey.proof.Proof.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables claim only what the tests have shown. */
class ProofTablesTest {

    private static final Proof REPLAY = new Proof(Kind.THREAT, Threat.REPLAY.name(), "B.second", Result.HELD);

    @Test
    void aRowWhoseTestsPassedSaysHeld() {
        assertThat(rowOf("threats", Threat.REPLAY.what(), REPLAY)).endsWith("| held |");
        assertThat(rowOf("threat-tests", Threat.REPLAY.what(), REPLAY)).endsWith("| `B.second` |");
    }

    @Test
    void oneFailedRunMakesTheRowFailed() {
        Proof failed = new Proof(Kind.THREAT, Threat.REPLAY.name(), "A.first", Result.FAILED);

        assertThat(rowOf("threats", Threat.REPLAY.what(), REPLAY, failed, REPLAY))
                .endsWith("| FAILED |");
        assertThat(rowOf("threat-tests", Threat.REPLAY.what(), REPLAY, failed, REPLAY))
                .endsWith("| `A.first`<br>`B.second` |");
        assertThat(rowOf("threats", Threat.REPLAY.what(), failed, REPLAY)).endsWith("| FAILED |");
    }

    @Test
    void aRowWithoutATestThatRanDoesNotSayHeld() {
        Proof skipped = new Proof(Kind.THREAT, Threat.REPLAY.name(), "B.second", Result.NOT_RUN);

        assertThat(rowOf("threats", Threat.REPLAY.what(), REPLAY, skipped)).endsWith("| NOT RUN |");
        assertThat(rowOf("threats", Threat.SCRIPT.what(), REPLAY)).endsWith("| not shown |");
        assertThat(rowOf("threat-tests", Threat.SCRIPT.what(), REPLAY)).endsWith("| no test |");
        assertThat(rowOf("weaknesses", Weakness.EMPTY_ID.what(), REPLAY)).endsWith("| not shown |");
        assertThat(rowOf("weakness-tests", Weakness.EMPTY_ID.what(), REPLAY)).endsWith("| no test |");
        assertThat(rowOf("registration", "step 8", REPLAY)).isEqualTo("| step 8 | no test | not shown |");
    }

    @Test
    void stepsAreListedInTheOrderOfTheSpecification() {
        String table = tables(
                        step(Kind.SINGLE_STEP, "§7.1 step 2, alone"),
                        step(Kind.STEP, "§7.1 step 9"),
                        step(Kind.STEP, "§7.2 step 3"),
                        step(Kind.STEP, "§7.1 step 10: A|B"),
                        step(Kind.STEP, "§7.1 §6.1, cut off"),
                        step(Kind.SINGLE_STEP, "§7.1 step 10, alone"))
                .get("registration");

        assertThat(table.lines().filter(row -> row.contains("held")))
                .containsExactly(
                        "| step 2, alone | `S.t` | held |",
                        "| step 9 | `S.t` | held |",
                        "| step 10: A\\|B | `S.t` | held |",
                        "| §6.1, cut off | `S.t` | held |",
                        "| step 10, alone | `S.t` | held |");
        assertThat(table.lines()).anyMatch(row -> row.startsWith("| step 29 |"));
        assertThat(table.lines()).noneMatch(row -> row.startsWith("| step 30 |"));
    }

    @Test
    void aStepWithoutAKnownSectionIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> tables(step(Kind.SINGLE_STEP, "step 8")));
        assertThatIllegalArgumentException().isThrownBy(() -> tables(step(Kind.SINGLE_STEP, "§7.3 step 8")));
    }

    @Test
    void proofsAreReadAsTheyWereWritten(@TempDir Path directory) throws IOException {
        Proof other = step(Kind.STEP, "§7.2 step 21");
        Files.write(directory.resolve("1.tsv"), List.of(REPLAY.toLine()));
        Files.write(directory.resolve("2.tsv"), List.of(other.toLine()));

        assertThat(Proofs.read(directory).all()).containsExactly(REPLAY, other);
    }

    @Test
    void theDocumentChangesOnlyBetweenItsMarkers() {
        String document = "before\n<!-- t: made by bin/test -->\nold $1\n<!-- end of t -->\nafter";

        assertThat(new SecurityDocument(document).with(Map.of("t", "new $1")))
                .isEqualTo("before\n<!-- t: made by bin/test -->\n\nnew $1\n\n<!-- end of t -->\nafter");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SecurityDocument(document).with(Map.of("other", "new")));
    }

    private static Proof step(Kind kind, String step) {
        return new Proof(kind, step, "S.t", Result.HELD);
    }

    private static Map<String, String> tables(Proof... proofs) {
        ProofTables tables = new ProofTables(new Proofs(List.of(proofs)));
        Map<String, String> all = new HashMap<>(tables.results());
        all.putAll(tables.evidence());
        return all;
    }

    private static String rowOf(String table, String what, Proof... proofs) {
        return tables(proofs)
                .get(table)
                .lines()
                .filter(row -> row.contains(what + " |"))
                .findFirst()
                .orElseThrow();
    }
}
