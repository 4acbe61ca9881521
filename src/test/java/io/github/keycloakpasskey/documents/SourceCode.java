package io.github.keycloakpasskey.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        return Stream.concat(files("src", ".java"), files("themes", ".js"))
                .flatMap(file -> classesIn(file).map(name -> Map.entry(name, file)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (main, test) -> main));
    }

    private static Stream<Path> files(String directory, String ending) {
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> classesIn(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".java")
                ? Stream.of(name.replace(".java", ""))
                : CLASS_IN_SCRIPT.matcher(read(file)).results().map(found -> found.group(1));
    }

    /** The text of a class; empty where there is none of this name. */
    static Optional<String> of(String className) {
        return Optional.ofNullable(FILES.get(className)).map(SourceCode::read);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
