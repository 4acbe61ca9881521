package io.github.keycloakpasskey.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The project's classes as files; of a name that tests have too, the one that is not theirs. */
final class SourceCode {

    private static final Map<String, Path> FILES = files();

    private SourceCode() {}

    private static Map<String, Path> files() {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .collect(Collectors.toMap(SourceCode::className, Function.identity(), (main, test) -> main));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String className(Path file) {
        return file.getFileName().toString().replace(".java", "");
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
