package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.Example;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/flows.md} names every example and every picture, and nothing that is not there. */
class FlowsDocumentTest {

    private static final Path DOCUMENT = Path.of("docs/flows.md");
    private static final Path PICTURES = Path.of("docs/images/flows");
    private static final Path TESTS = Path.of("src/test/java/io/github/keycloakpasskey");

    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:IT|Test))`");

    @Test
    void everyExampleIsNamed() {
        assertThat(links()).containsAll(filesOf(Example.DIRECTORY));
    }

    @Test
    void everyPictureIsNamed() {
        assertThat(links()).containsAll(filesOf(PICTURES));
    }

    @Test
    void everyFileThatIsNamedExists() {
        assertThat(links()).isNotEmpty().allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void everyTestThatIsNamedExists() {
        List<Path> tests =
                named(TEST).map(test -> TESTS.resolve(test.group(1) + ".java")).toList();
        assertThat(tests).isNotEmpty().allSatisfy(file -> assertThat(file).exists());
    }

    private static List<Path> links() {
        return named(LINK)
                .map(link -> DOCUMENT.resolveSibling(link.group(1)).normalize())
                .toList();
    }

    private static Stream<MatchResult> named(Pattern pattern) {
        try {
            return pattern.matcher(Files.readString(DOCUMENT)).results();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> filesOf(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
