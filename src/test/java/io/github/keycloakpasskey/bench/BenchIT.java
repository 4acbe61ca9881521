package io.github.keycloakpasskey.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code bin/bench} runs. The short run's figures mean nothing, so the test does not check them. */
class BenchIT {

    @Test
    void everyPartOfTheBenchmarkReportsFiguresWithoutFailures() throws Exception {
        Path directory = Path.of(System.getProperty("passkey.build-directory"), "bench-short");

        List<String> failures = new Bench(BenchOptions.parse(List.of("--short")), directory).run();

        assertThat(failures).isEmpty();
        JsonNode results =
                new ObjectMapper().readTree(directory.resolve("results.json").toFile());
        assertThat(Arrays.stream(PartName.values())
                        .map(part -> results.path(part.code()).path("tables")))
                .allSatisfy(tables -> assertThat(tables).isNotEmpty().allSatisfy(table -> assertThat(table.path("rows"))
                        .isNotEmpty()));
        assertThat(directory.resolve("results.md")).content().contains("Goals");
    }
}
