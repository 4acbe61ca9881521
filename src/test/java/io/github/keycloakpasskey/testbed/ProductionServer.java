package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Keycloak as it is run in earnest: built once for PostgreSQL and started optimized, without the agent that measures
 * coverage. One node with local caches, as a second one would have to be reached over the network.
 */
public final class ProductionServer implements AutoCloseable {

    /** The same for every run, so that what is measured does not depend on how much memory the machine has. */
    private static final String HEAP = "-Xms1g -Xmx1g";

    private final URI baseUrl;
    private final Database database;
    private final ServerProcess process;

    private ProductionServer(URI baseUrl, Database database, ServerProcess process) {
        this.baseUrl = baseUrl;
        this.database = database;
        this.process = process;
    }

    /**
     * Starts one with a database of its own.
     *
     * @param logs the directory that it logs to
     */
    public static ProductionServer start(Path logs) {
        Installation installation = Installation.fromBuild();
        Database database = DatabaseKind.POSTGRESQL.start();
        String kc = prepareHome(installation).resolve("bin/kc.sh").toString();
        int port = ServerProcess.freePort();
        URI baseUrl = URI.create("http://localhost:" + port);
        List<String> build = new ArrayList<>(List.of(kc, "build"));
        List<String> start = new ArrayList<>(List.of(
                kc,
                "start",
                "--optimized",
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--hostname=" + baseUrl));
        // Which kind of database it is belongs to the build, the rest to the start.
        database.serverOptions().forEach(option -> (option.startsWith("--db=") ? build : start).add(option));
        try {
            new ServerProcess(build, Map.of(), logs.resolve("keycloak-build.log")).awaitEnd();
            Map<String, String> environment = new HashMap<>(ServerProcess.ADMINISTRATOR);
            environment.put("JAVA_OPTS_KC_HEAP", HEAP);
            ServerProcess process = new ServerProcess(start, environment, logs.resolve("keycloak.log"));
            process.awaitReady(baseUrl.resolve("/realms/master"));
            return new ProductionServer(baseUrl, database, process);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    public URI baseUrl() {
        return baseUrl;
    }

    public Database database() {
        return database;
    }

    /** The id of the server's JVM. */
    public long javaProcess() {
        return process.javaProcess();
    }

    /** The processor time that the server's JVM has used so far. */
    public Duration processorTime() {
        return ProcessHandle.of(javaProcess())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IllegalStateException("The system does not tell processor times"));
    }

    /** Makes a realm of what a realm's file says. */
    public AdminApi importRealm(ObjectNode realm) {
        AdminApi.importRealm(baseUrl, realm);
        return new AdminApi(baseUrl, realm.required("realm").asText());
    }

    @Override
    public void close() {
        try {
            process.close();
        } finally {
            database.close();
        }
    }

    /** A copy of its own, as the build for one database leaves nothing for another. */
    private static Path prepareHome(Installation installation) {
        Path home = installation
                .buildDirectory()
                .toAbsolutePath()
                .resolve("keycloak-in-production")
                .resolve(installation.version());
        try {
            installation.prepare(home);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
