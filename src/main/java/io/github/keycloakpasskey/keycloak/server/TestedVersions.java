package io.github.keycloakpasskey.keycloak.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/** The versions of Keycloak that the tests ran this extension on, oldest first: the newest patch of each minor. */
record TestedVersions(List<String> versions) {

    private static final String FILE = "tested-versions.properties";

    TestedVersions {
        versions = List.copyOf(versions);
    }

    /** Reads the list that the build wrote. */
    static TestedVersions read() {
        Properties properties = new Properties();
        try (InputStream file = TestedVersions.class.getResourceAsStream(FILE)) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
        return new TestedVersions(List.of(properties.getProperty("versions").split(",")));
    }

    boolean contains(String version) {
        return versions.contains(version);
    }

    @Override
    public String toString() {
        return String.join(", ", versions);
    }
}
