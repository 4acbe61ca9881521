package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The project's classes with their texts; of a name that tests have too, the one that is not theirs. */
final class SourceCode {

    private static final Pattern CLASS_IN_SCRIPT = Pattern.compile("(?m)^export class (\\w+)");

    private static final Map<String, Path> FILES = files();

    private SourceCode() {}

    private static Map<String, Path> files() {
        return Stream.of(ProjectFiles.below(Path.of("src"), ".java"), ProjectFiles.below(Path.of("themes"), ".js"))
                .flatMap(List::stream)
                .flatMap(file -> classesIn(file).map(name -> Map.entry(name, file)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (main, test) -> main));
    }

    private static Stream<String> classesIn(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".java")
                ? Stream.of(name.replace(".java", ""))
                : CLASS_IN_SCRIPT.matcher(ProjectFiles.read(file)).results().map(found -> found.group(1));
    }

    /** The text of a class; empty where there is none of this name. */
    static Optional<String> of(String className) {
        return Optional.ofNullable(FILES.get(className)).map(ProjectFiles::read);
    }

    /** Whether the code imports a class of Keycloak's with this name. */
    static boolean importsFromKeycloak(String className) {
        Pattern imported = Pattern.compile("(?m)^import org\\.keycloak\\.[a-z0-9.]+\\." + className + ";");
        return FILES.values().stream()
                .anyMatch(file -> imported.matcher(ProjectFiles.read(file)).find());
    }
}
