package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The decision records are numbered without a gap, each states its costs, and the list has their titles. */
class DecisionsTest {

    private static final Path DIRECTORY = Path.of("docs/adr");

    @Test
    void decisionsAreNumberedWithoutAGap() {
        assertThat(files())
                .extracting(file -> file.getFileName().toString().substring(0, 4))
                .isNotEmpty()
                .containsExactlyElementsOf(IntStream.rangeClosed(1, files().size())
                        .mapToObj(number -> String.format("%04d", number))
                        .toList());
    }

    @Test
    void eachDecisionStatesItsContextDecisionAndCosts() {
        assertThat(files()).allSatisfy(file -> assertThat(ProjectFiles.read(file))
                .containsSubsequence("\n\n**Context.** ", "\n\n**Decision.** ", "\n\n**Costs.** "));
    }

    @Test
    void theListOfDecisionsHasTheirTitles() {
        String list = ProjectFiles.read(DIRECTORY.resolve("README.md"));
        assertThat(files()).allSatisfy(file -> {
            String name = file.getFileName().toString();
            String number = name.substring(0, 4);
            String heading = ProjectFiles.read(file).lines().findFirst().orElseThrow();
            assertThat(heading).startsWith("# " + Integer.parseInt(number) + ". ");
            String title = heading.replaceFirst("# \\d+\\. ", "");
            assertThat(list).contains("| [" + number + "](" + name + ") | " + title + " |");
        });
    }

    private static List<Path> files() {
        return ProjectFiles.in(DIRECTORY, "").stream()
                .filter(file -> !file.endsWith("README.md"))
                .toList();
    }
}
