package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Keycloak from the distribution that Maven unpacked, run as a process of this machine. */
final class KeycloakProcess implements KeycloakServer {

    private static final String METADATA_ROOT = "conf/metadata-root.pem";

    private final URI baseUrl;
    private final Database database;
    private final ServerProcess process;
    private final MetadataHost metadata = new MetadataHost();

    KeycloakProcess(Installation installation, Database database) {
        this.database = database;
        int port = ServerProcess.freePort();
        baseUrl = URI.create("http://localhost:" + port);
        try {
            Path home = prepareHome(installation, database.kind().code());
            CeremonyApiJar.writeTo(home.resolve("providers"));
            metadata.answersWith(Vendors.metadata());
            List<String> command = new ArrayList<>(List.of(
                    home.resolve("bin/kc.sh").toString(),
                    "start-dev",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port,
                    METADATA_OPTION + "location=" + metadata.url(),
                    METADATA_OPTION + "roots=" + home.resolve(METADATA_ROOT),
                    "--import-realm"));
            command.addAll(database.serverOptions());
            process = new ServerProcess(
                    command, environment(installation, database.kind()), installation.log(database.kind()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process.awaitReady(baseUrl.resolve("/realms/" + TestRealm.NAME));
    }

    private static Map<String, String> environment(Installation installation, DatabaseKind database)
            throws IOException {
        Path coverage = installation.coverage(database);
        Files.deleteIfExists(coverage);
        return ServerProcess.testEnvironment(installation.coverageAgent().stream()
                .map(agent -> Installation.coverageOptions(agent.toString(), coverage.toString()))
                .toArray(String[]::new));
    }

    @Override
    public URI baseUrl() {
        return baseUrl;
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public void copyLogTo(Path file) {
        process.copyLogTo(file);
    }

    @Override
    public void close() {
        metadata.close();
        try {
            process.close();
        } finally {
            database.close();
        }
    }

    /**
     * A copy of the distribution, so that another use of it (the demo) does not meet that of the tests; with the extension
     * and what it is tested with, and without data.
     *
     * @param use for which there is a copy of its own, as Keycloak keeps in it how it was built
     */
    static Path prepareHome(Installation installation, String use) throws IOException {
        Path home = installation
                .buildDirectory()
                .resolve("keycloak-under-test")
                .resolve(installation.version() + "-" + use);
        installation.prepare(home);
        Path imports = Files.createDirectories(home.resolve("data/import"));
        Files.copy(installation.realm(), imports.resolve("realm.json"));
        TestMetadata.ROOT.writePem(home.resolve(METADATA_ROOT));
        Path truststores = Files.createDirectories(home.resolve("conf/truststores"));
        Files.writeString(truststores.resolve("vendor.pem"), Pem.of(Vendors.TRUSTED.certificate()));
        return home;
    }
}
