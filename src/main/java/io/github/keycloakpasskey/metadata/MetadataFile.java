package io.github.keycloakpasskey.metadata;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file with a metadata blob. */
record MetadataFile(Path path) implements MetadataSource {

    @Override
    public String read() throws IOException {
        try (InputStream file = Files.newInputStream(path)) {
            byte[] bytes = file.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException(path + " has more than " + LARGEST + " bytes");
            }
            return new String(bytes, StandardCharsets.US_ASCII);
        } catch (NoSuchFileException e) {
            throw new IOException(path + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new IOException(path + " may not be read", e);
        }
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** Replaces what is there in one step, so that nobody reads half a blob. */
    void write(String blob) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path complete = Files.createTempFile(directory, "metadata", ".part");
        try {
            Files.writeString(complete, blob, StandardCharsets.US_ASCII);
            Files.move(complete, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(complete);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
