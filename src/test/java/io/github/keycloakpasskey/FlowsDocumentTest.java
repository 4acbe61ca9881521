package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.Example;
import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/flows.md} links every example and every picture, and its rows name tests that use the examples. */
class FlowsDocumentTest {

    private static final Path DOCUMENT = Path.of("docs/flows.md");
    private static final Path PICTURES = Path.of("docs/images/flows");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|.*\\(examples/([\\w-]+)\\.json\\).*$");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:IT|Test))`");

    @Test
    void theDocumentLinksEveryExample() {
        assertThat(links()).containsAll(ProjectFiles.in(Example.DIRECTORY, ""));
    }

    @Test
    void theDocumentLinksEveryPicture() {
        assertThat(links()).containsAll(ProjectFiles.in(PICTURES, ".png"));
    }

    /** {@link FlowPicturesIT} uses this file to check whether the picture is up to date. */
    @Test
    void everyPictureOfAFlowHasATextFileWithItsSteps() {
        assertThat(ProjectFiles.in(PICTURES, ".png"))
                .filteredOn(file -> !file.endsWith("execute-actions.png"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.resolveSibling(
                                file.getFileName().toString().replace(".png", ".txt")))
                        .isNotEmptyFile());
    }

    @Test
    void aTestNamedInEachRowUsesTheExampleOfThatRow() {
        assertThat(named(ROW)).isNotEmpty().allSatisfy(row -> assertThat(
                        TEST.matcher(row.group()).results().flatMap(test -> examplesOf(test.group(1))))
                .as(row.group())
                .contains(row.group(1)));
    }

    @Test
    void aTestNamedInTheDocumentUsesEachExample() {
        List<String> used = named(TEST)
                .map(test -> test.group(1))
                .distinct()
                .flatMap(FlowsDocumentTest::examplesOf)
                .toList();
        assertThat(ProjectFiles.in(Example.DIRECTORY, "")).isNotEmpty().allSatisfy(file -> assertThat(used)
                .contains(file.getFileName().toString().replace(".json", "")));
    }

    /** The names of the examples that a test class uses. */
    private static Stream<String> examplesOf(String test) {
        try {
            Class<?> type = Class.forName(FlowsDocumentTest.class.getPackageName() + "." + test);
            return Arrays.stream(type.getDeclaredMethods())
                    .flatMap(method -> Arrays.stream(method.getParameters()))
                    .filter(parameter -> parameter.isAnnotationPresent(Example.class))
                    .map(parameter -> parameter.getAnnotation(Example.class).value());
        } catch (ClassNotFoundException e) {
            throw new AssertionError("docs/flows.md names a test that does not exist", e);
        }
    }

    private static List<Path> links() {
        return named(LINK)
                .map(link -> DOCUMENT.resolveSibling(link.group(1)).normalize())
                .toList();
    }

    private static Stream<MatchResult> named(Pattern pattern) {
        return pattern.matcher(ProjectFiles.read(DOCUMENT)).results();
    }
}
