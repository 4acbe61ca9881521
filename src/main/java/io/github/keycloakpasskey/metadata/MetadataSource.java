package io.github.keycloakpasskey.metadata;

import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Where the metadata blob comes from. */
interface MetadataSource {

    /** In bytes. The FIDO Alliance's blob has about ten million. */
    int LARGEST = 64 * 1024 * 1024;

    /**
     * Reads the blob, which nobody has verified yet. May take minutes, but not for ever.
     *
     * @throws IOException if it cannot be had, or is too large
     */
    String read() throws IOException;

    /**
     * A source for {@code https:} URLs, for {@code http:} ones of this machine, and for files.
     *
     * @throws IllegalArgumentException with a message for the administrator, if it is neither
     */
    static MetadataSource of(String location) {
        String lower = location.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http:") || lower.startsWith("https:")) {
            return new MetadataUrl(URI.create(location));
        }
        try {
            if (lower.startsWith("file:")) {
                return new MetadataFile(Path.of(URI.create(location)));
            }
            if (!lower.contains("://")) {
                return new MetadataFile(Path.of(location));
            }
            throw new IllegalArgumentException(location + " has to begin with https:, or to name a file");
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(location + " is neither a URL nor a file", e);
        }
    }
}
