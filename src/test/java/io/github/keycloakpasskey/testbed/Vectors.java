package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ceremonies that other projects recorded, read where they lie beside the project: they are under other licences.
 * {@code -Dpasskey.vectors=FOLDER} names another place.
 */
public final class Vectors {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of(System.getProperty("passkey.vectors", "../shared/vectors"));

    private Vectors() {}

    /** The ceremonies of one file; none where it is not there. */
    public static List<JsonNode> of(String file) {
        Path path = FOLDER.resolve(file);
        List<JsonNode> ceremonies = new ArrayList<>();
        if (Files.exists(path)) {
            try {
                JSON.readTree(path.toFile()).forEach(ceremonies::add);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return ceremonies;
    }
}
