package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes and methods that documents name in code font exist. */
class CodeNamesTest {

    /** Classes of Keycloak's that documents name and this code does not import. */
    private static final Set<String> OF_OTHERS = Set.of("WebAuthnCredentialProvider", "WebAuthnRegister");

    private static final Pattern LINKED_NAME = Pattern.compile("\\[`([A-Z]\\w+)(?:\\.\\w+)?`]\\(([^)\\s]+)\\)");

    /** All but the one about Keycloak's own code. */
    static List<Markdown> documents() {
        return Markdown.all().stream()
                .filter(document -> !document.toString().endsWith("keycloak-faults.md"))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void everyClassAndMethodNamedInADocumentExists(Markdown document) {
        assertThat(document.codeNames())
                .filteredOn(name -> !OF_OTHERS.contains(name.type()) && !name.isImportedFromKeycloak())
                .allSatisfy(
                        name -> assertThat(name.exists()).as(name.toString()).isTrue());
    }

    /** Readers of the tour should not have to search for the files. */
    @Test
    void theTourLinksTheSourceFilesOfItsMethods() {
        Markdown tour = Markdown.read(Path.of("docs/architecture.md"));
        Matcher linked = LINKED_NAME.matcher(tour.text());

        assertThat(linked.results()).hasSizeGreaterThan(20).allSatisfy(link -> assertThat(tour.target(link.group(2)))
                .hasFileName(link.group(1) + ".java"));
    }
}
