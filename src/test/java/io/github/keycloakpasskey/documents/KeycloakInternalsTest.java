package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/architecture.md} lists the classes of Keycloak's internals that this extension uses, and where. */
class KeycloakInternalsTest {

    private static final Path DOCUMENT = Path.of("docs/architecture.md");
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern SECTION = Pattern.compile("(?ms)^## Keycloak's internals$(.*?)^## ");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| [^|]*\\| (`[^|]+) \\| (`[^|]+) \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (org\\.keycloak\\.[a-z0-9.]+\\.([A-Z]\\w*))");
    private static final Pattern INTERNAL = Pattern.compile("keycloak-(services|model-jpa)-.*");

    /** A row of the document. */
    private record Row(Set<String> ours, Set<String> keycloaks) {}

    @Test
    void theDocumentListsTheClassesThatUseKeycloaksInternals() {
        assertThat(rows())
                .flatExtracting(Row::ours)
                .containsExactlyInAnyOrderElementsOf(internalsByClass().keySet());
    }

    @Test
    void eachRowListsTheInternalsThatItsClassesUse() {
        Map<String, Set<String>> used = internalsByClass();

        assertThat(rows()).isNotEmpty().allSatisfy(row -> assertThat(row.keycloaks())
                .isEqualTo(row.ours().stream()
                        .flatMap(ours -> used.getOrDefault(ours, Set.of()).stream())
                        .collect(Collectors.toSet())));
    }

    private static List<Row> rows() {
        String section = SECTION.matcher(ProjectFiles.read(DOCUMENT))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        return ROW.matcher(section)
                .results()
                .map(row -> new Row(namesIn(row.group(1)), namesIn(row.group(2))))
                .toList();
    }

    private static Set<String> namesIn(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1)).collect(Collectors.toSet());
    }

    /** The internals that a class of this extension imports, by the name of the class. */
    private static Map<String, Set<String>> internalsByClass() {
        Map<String, Set<String>> internals = new TreeMap<>();
        for (Path source : ProjectFiles.below(SOURCES, ".java")) {
            Set<String> imported = internalsOf(source);
            if (!imported.isEmpty()) {
                internals.put(source.getFileName().toString().replace(".java", ""), imported);
            }
        }
        return internals;
    }

    private static Set<String> internalsOf(Path source) {
        return IMPORT.matcher(ProjectFiles.read(source))
                .results()
                .filter(imported -> INTERNAL.matcher(jarOf(imported.group(1))).matches())
                .map(imported -> imported.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String jarOf(String type) {
        try {
            return Path.of(Class.forName(type, false, KeycloakInternalsTest.class.getClassLoader())
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getFileName()
                    .toString();
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new LinkageError(type, e);
        }
    }
}
