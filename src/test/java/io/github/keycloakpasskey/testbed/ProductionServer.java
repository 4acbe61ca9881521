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
    private final Resources resources;

    private ProductionServer(URI baseUrl, Database database, ServerProcess process, Resources resources) {
        this.baseUrl = baseUrl;
        this.database = database;
        this.process = process;
        this.resources = resources;
    }

    /**
     * Starts one with a database of its own.
     *
     * @param directory where its logs go and where it is installed, so that no other use meets it
     */
    public static ProductionServer start(Path directory) {
        Resources resources = new Resources();
        try {
            return start(directory, resources);
        } catch (RuntimeException | Error e) {
            resources.closeAfter(e);
            throw e;
        }
    }

    private static ProductionServer start(Path directory, Resources resources) {
        Database database = resources.add(DatabaseKind.POSTGRESQL.start(), Database::close);
        String kc = prepareHome(directory).resolve("bin/kc.sh").toString();
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
        new ServerProcess(build, Map.of(), directory.resolve("keycloak-build.log")).awaitEnd();
        Map<String, String> environment = new HashMap<>(ServerProcess.ADMINISTRATOR);
        environment.put("JAVA_OPTS_KC_HEAP", HEAP);
        ServerProcess process = resources.add(
                new ServerProcess(start, environment, directory.resolve("keycloak.log")), ServerProcess::close);
        process.awaitReady(baseUrl.resolve("/realms/master"));
        return new ProductionServer(baseUrl, database, process, resources);
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
        resources.close();
    }

    /** A copy of its own, as the build for one database leaves nothing for another. */
    private static Path prepareHome(Path directory) {
        Installation installation = Installation.fromBuild();
        Path home = directory.toAbsolutePath().resolve("keycloak").resolve(installation.version());
        try {
            installation.prepare(home);
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
