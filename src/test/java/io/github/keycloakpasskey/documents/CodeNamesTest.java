package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say in code font of classes, methods and reasons is there. */
class CodeNamesTest {

    /** Two capitals at least, as in {@code PasskeySignIn}, and perhaps a method: others are words, or JSON. */
    private static final Pattern CLASS = Pattern.compile("([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)(?:\\.([a-z]\\w*))?");

    /** Names that look alike and are Keycloak's. */
    private static final Set<String> OF_OTHERS =
            Set.of("KeycloakSession", "WebAuthnCredentialProvider", "WebAuthnRegister");

    private static final Pattern CLASS_IN_SCRIPT = Pattern.compile("(?m)^export class (\\w+)");

    private static final Map<String, String> SOURCES = sources();

    static List<Markdown> documents() {
        return Markdown.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void everyClassAndMethodThatIsNamedExists(Markdown document) {
        assertThat(document.code().stream().map(CLASS::matcher).filter(Matcher::matches))
                .filteredOn(name -> !OF_OTHERS.contains(name.group(1)))
                .allSatisfy(name -> assertThat(SOURCES)
                        .as(name.group())
                        .hasEntrySatisfying(name.group(1), source -> assertThat(source)
                                .containsPattern(name.group(2) == null ? "" : "\\b" + name.group(2) + "\\(")));
    }

    /** The tour of the code is of no use to who has to look for the files. */
    @Test
    void theTourLinksTheFilesOfItsMethods() {
        Markdown tour = Markdown.read(Path.of("docs/architecture.md"));
        Matcher linked =
                Pattern.compile("\\[`([A-Z]\\w+)(?:\\.\\w+)?`]\\(([^)\\s]+)\\)").matcher(tour.text());

        assertThat(linked.results()).hasSizeGreaterThan(20).allSatisfy(link -> assertThat(tour.target(link.group(2)))
                .hasFileName(link.group(1) + ".java"));
    }

    private static Map<String, String> sources() {
        return Stream.concat(files("src", ".java"), files("themes", ".js"))
                .flatMap(file -> classesIn(file).map(name -> Map.entry(name, read(file))))
                // Two tests may have one name.
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, String::concat));
    }

    private static Stream<String> classesIn(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".java")
                ? Stream.of(name.replace(".java", ""))
                : CLASS_IN_SCRIPT.matcher(read(file)).results().map(found -> found.group(1));
    }

    private static Stream<Path> files(String directory, String ending) {
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
