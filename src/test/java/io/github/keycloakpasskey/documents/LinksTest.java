package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link in the documents leads somewhere, and every document is linked. */
class LinksTest {

    private static final Path INDEX = Path.of("docs/README.md");

    static List<Markdown> documents() {
        return Markdown.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void everyLinkLeadsToAnExistingFileAndHeading(Markdown document) {
        assertThat(document.links().stream().filter(LinksTest::isRelative)).allSatisfy(link -> {
            Path target = document.target(link);
            assertThat(target).exists();
            if (link.contains("#")) {
                assertThat(Markdown.read(target).anchors()).contains(link.substring(link.indexOf('#') + 1));
            }
        });
    }

    /** Follows links from the README over any number of documents. */
    @Test
    void everyDocumentAndPictureIsReachableFromTheReadme() {
        Set<Path> found = reachableFrom(Path.of("README.md"));

        assertThat(found).contains(INDEX);
        assertThat(documents()).extracting(Markdown::file).allSatisfy(file -> assertThat(found)
                .contains(file));
        assertThat(ProjectFiles.below(Path.of("docs"), ""))
                .filteredOn(file -> file.toString().matches(".*\\.(png|svg)"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(found).contains(file));
    }

    @Test
    void theIndexLinksEveryDocumentBesideIt() {
        Markdown index = Markdown.read(INDEX);
        Set<Path> linked = new HashSet<>();
        index.links().stream().filter(LinksTest::isRelative).map(index::target).forEach(linked::add);
        assertThat(ProjectFiles.in(INDEX.getParent(), ".md"))
                .filteredOn(file -> !file.equals(INDEX))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(linked).contains(file));
    }

    private static boolean isRelative(String link) {
        return !link.matches("[a-z]+:.*");
    }

    private static Set<Path> reachableFrom(Path first) {
        Map<Path, Markdown> documents = new HashMap<>();
        documents().forEach(document -> documents.put(document.file(), document));
        Set<Path> found = new HashSet<>(Set.of(first));
        Deque<Path> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            Markdown document = documents.get(open.pop());
            if (document != null) {
                document.links().stream()
                        .filter(LinksTest::isRelative)
                        .map(document::target)
                        .filter(found::add)
                        .forEach(open::push);
            }
        }
        return found;
    }
}
