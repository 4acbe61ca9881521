package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
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
        metadata.answersWith(Vendors.metadata());
        Path home = prepareHome(installation, database.kind());
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                METADATA_OPTION + "location=" + metadata.url(),
                METADATA_OPTION + "roots=" + home.resolve(METADATA_ROOT),
                "--import-realm"));
        command.addAll(database.serverOptions());
        Map<String, String> environment =
                new HashMap<>(Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN));
        String coverage = installation.coverage(database.kind()).toString();
        installation
                .coverageAgent()
                .ifPresent(agent ->
                        environment.put("JAVA_OPTS_APPEND", Installation.coverageOptions(agent.toString(), coverage)));
        Path log = installation
                .buildDirectory()
                .resolve("keycloak-" + database.kind().code() + ".log");
        process = new ServerProcess(command, environment, log);
        process.awaitReady(baseUrl.resolve("/realms/passkeys"));
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

    private static Path prepareHome(Installation installation, DatabaseKind database) {
        Path home = installation
                .buildDirectory()
                .resolve("keycloak-under-test")
                .resolve(installation.version() + "-" + database.code());
        try {
            installation.prepare(home);
            Files.deleteIfExists(installation.coverage(database));
            Path imports = Files.createDirectories(home.resolve("data/import"));
            Files.copy(installation.realm(), imports.resolve("realm.json"));
            TestMetadata.ROOT.writePem(home.resolve(METADATA_ROOT));
            Path truststores = Files.createDirectories(home.resolve("conf/truststores"));
            Files.writeString(truststores.resolve("vendor.pem"), Pem.of(Vendors.TRUSTED.certificate()));
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
