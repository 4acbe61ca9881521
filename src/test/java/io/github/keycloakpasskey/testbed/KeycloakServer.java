package io.github.keycloakpasskey.testbed;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.testcontainers.DockerClientFactory;

/**
 * The one Keycloak of the test run for each version and database, with the extension's JAR and the realm of
 * {@code realm-export.json}. It is started when the first test asks for it and stopped when the last one is done.
 */
public interface KeycloakServer extends AutoCloseable {

    /** The bootstrap administrator's name, and password. */
    String ADMIN = "admin";

    /** What the server options for the metadata of authenticators begin with. */
    String METADATA_OPTION = "--spi-required-action--passkey-register--metadata-";

    /** What the server is reached at; WebAuthn needs the name {@code localhost}. */
    URI baseUrl();

    /** Where it keeps its data. */
    Database database();

    /** Writes what the server logged so far to a file. */
    void copyLogTo(Path file);

    /** Stops the server so that it can write its coverage. */
    @Override
    void close();

    /**
     * The server for the database of this test, started if it is not running yet: in a container where Docker answers and
     * the database is in its memory, else as a process.
     */
    static KeycloakServer of(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(KeycloakServer.class))
                .computeIfAbsent(
                        new Kind(VersionExtension.version(context), DatabaseExtension.kind(context)),
                        kind -> start(
                                Installation.fromBuild().on(kind.version()),
                                kind.database().start()),
                        KeycloakServer.class);
    }

    /** Which servers a run tells apart. */
    record Kind(String version, DatabaseKind database) {}

    private static KeycloakServer start(Installation installation, Database database) {
        return database.kind() == DatabaseKind.H2
                        && DockerClientFactory.instance().isDockerAvailable()
                ? new KeycloakContainerServer(installation, database)
                : new KeycloakProcess(installation, database);
    }
}
