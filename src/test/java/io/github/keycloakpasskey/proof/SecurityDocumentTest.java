package io.github.keycloakpasskey.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tests named in documents exist, and each threat and weakness has a test. */
class SecurityDocumentTest {

    private static final Pattern TEST = Pattern.compile("\\b[A-Z]\\w*(?:IT|Test)\\b(?:\\.\\w+)?");
    private static final Pattern TABLE = Pattern.compile("made by bin/test -->.*?<!-- end of", Pattern.DOTALL);

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("io.github.keycloakpasskey");

    /** The names in tables are left out: {@code bin/test} generates them. */
    @ParameterizedTest
    @ValueSource(strings = {"CONTRIBUTING.md", "docs/evidence.md"})
    void everyTestNamedInADocumentExists(String document) throws IOException {
        Set<String> existing = TESTS.stream()
                .flatMap(testClass -> Stream.concat(
                        Stream.of(testClass.getSimpleName()),
                        testClass.getMethods().stream()
                                .map(method -> testClass.getSimpleName() + "." + method.getName())))
                .collect(Collectors.toSet());
        String byHand = TABLE.matcher(Files.readString(Path.of(document))).replaceAll("");

        List<String> named =
                TEST.matcher(byHand).results().map(MatchResult::group).toList();

        assertThat(named).isNotEmpty();
        assertThat(existing).containsAll(named);
    }

    @Test
    void everyThreatHasATest() {
        assertThat(shown(Shows::value)).containsExactlyInAnyOrder(Threat.values());
    }

    @Test
    void everyWeaknessHasATest() {
        assertThat(shown(Shows::weaknesses)).containsExactlyInAnyOrder(Weakness.values());
    }

    /** {@code bin/test} compares the tables themselves, because only a complete run has all results. */
    @Test
    void theDocumentsHaveAPlaceForEveryTable() throws IOException {
        ProofTables tables = new ProofTables(new Proofs(List.of()));

        assertThat(document("security.md").with(tables.results())).contains("not shown");
        assertThat(document("evidence.md").with(tables.evidence())).contains("no test");
    }

    private static SecurityDocument document(String name) throws IOException {
        return new SecurityDocument(Files.readString(Path.of("docs", name)));
    }

    private static <T> Set<T> shown(Function<Shows, T[]> what) {
        return TESTS.stream()
                .filter(testClass -> TEST.matcher(testClass.getSimpleName()).matches())
                .flatMap(testClass -> Stream.concat(Stream.of(testClass), testClass.getMethods().stream()))
                .filter(element -> element.isAnnotatedWith(Shows.class))
                .flatMap(element -> Arrays.stream(what.apply(element.getAnnotationOfType(Shows.class))))
                .collect(Collectors.toSet());
    }
}
