package io.github.keycloakpasskey.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakpasskey.testbed.GeneratedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The options of {@code bin/bench} and the format of its report. */
class BenchReportTest {

    @Test
    void allPartsAreMeasuredByDefault() {
        assertThat(BenchOptions.parse(List.of()).parts()).containsExactly(PartName.values());
        assertThat(BenchOptions.parse(List.of("--short")).isShort()).isTrue();
    }

    @Test
    void theSoakTakesTheGivenDuration() {
        BenchOptions options = BenchOptions.parse(List.of("soak", "90", "load"));

        assertThat(options.parts()).containsExactly(PartName.SOAK, PartName.LOAD);
        assertThat(options.scale().soak()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void anUnknownPartIsRefused() {
        assertThatThrownBy(() -> BenchOptions.parse(List.of("soak", "load", "90")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no part 90; there are: verify");
    }

    @Test
    void figuresAreRoundedAndGroupedForReading() {
        assertThat(List.of(1_000_000, 7, 0.256, 12.34, 1234.4).stream().map(Figures::text))
                .containsExactly("1 000 000", "7", "0.26", "12.3", "1 234");
    }

    @Test
    void percentilesAreInterpolatedBetweenValues() {
        assertThat(Figures.median(List.of(4, 1, 3, 2))).isEqualTo(2.5);
        assertThat(Figures.percentile(List.of(10, 20, 30), 100)).isEqualTo(30);
    }

    @Test
    void aMissedGoalIsReportedAndIsNotAFailure() {
        Results results = new Results();
        Table table = new Table("Sizes", "What", "Bytes");
        table.add("a page", 1234);
        results.add(table);
        results.add(Goal.atMost("Bytes of a page", 1234, 1000));
        results.add(Goal.atLeast("Pages", 2, 1));

        assertThat(results.failures()).isEmpty();
        assertThat(results.markdown())
                .contains(
                        "| What | Bytes |\n|---|---:|\n| a page | 1 234 |",
                        "| Bytes of a page | ≤ 1 000 | 1 234 | missed |",
                        "| Pages | ≥ 1.00 | 2.00 | met |");
        assertThat(results.json().at("/tables/0/rows/0/Bytes").asInt()).isEqualTo(1234);
    }

    @Test
    void thePerformanceDocumentHasAPlaceForEveryPart() throws IOException {
        String document = Files.readString(Path.of("docs/performance.md"));

        Map<String, String> parts = Arrays.stream(PartName.values())
                .collect(Collectors.toMap(PartName::code, part -> "figures of " + part.code()));

        assertThat(new GeneratedDocument(document, "bin/bench").with(parts)).contains(parts.values());
    }
}
