package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads files of the project: sources, templates, documents. Paths are relative to its folder. */
public final class ProjectFiles {

    private ProjectFiles() {}

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of a folder and all folders in it whose names end so, sorted. */
    public static List<Path> below(Path directory, String ending) {
        return ending(directory, ending, Integer.MAX_VALUE);
    }

    /** The same of the folder alone. */
    public static List<Path> in(Path directory, String ending) {
        return ending(directory, ending, 1);
    }

    private static List<Path> ending(Path directory, String ending, int depth) {
        try (Stream<Path> files = Files.walk(directory, depth)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
