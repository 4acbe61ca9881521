package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Keycloak from the distribution that Maven unpacked, run as a process of this machine. */
final class KeycloakProcess implements KeycloakServer {

    /** The first start builds the server; a busy machine with two cores takes more than a minute. */
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(5);

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);
    private static final int LOG_LINES_SHOWN = 60;
    private static final String METADATA_ROOT = "conf/metadata-root.pem";

    private final URI baseUrl;
    private final Database database;
    private final Path log;
    private final Process process;
    private final Thread stopOnExit;
    private final MetadataHost metadata = new MetadataHost();

    KeycloakProcess(Installation installation, Database database) {
        this.database = database;
        int port = freePort();
        baseUrl = URI.create("http://localhost:" + port);
        log = installation
                .buildDirectory()
                .resolve("keycloak-" + database.kind().code() + ".log");
        try {
            Path home = prepareHome(installation, database.kind());
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
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
            builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
            Path coverage = installation.coverage(database.kind());
            Files.deleteIfExists(coverage);
            installation.coverageAgent().ifPresent(agent -> builder.environment()
                    .put("JAVA_OPTS_APPEND", Installation.coverageOptions(agent.toString(), coverage.toString())));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stopOnExit = new Thread(process::destroy, "stop-keycloak");
        Runtime.getRuntime().addShutdownHook(stopOnExit);
        awaitReady();
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
        try {
            Files.copy(log, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, which kc.sh passes on: the server says goodbye and its coverage agent writes its file. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(stopOnExit);
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        metadata.close();
        try {
            if (!process.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                family.forEach(ProcessHandle::destroyForcibly);
                throw new IllegalStateException(
                        "Keycloak did not stop within " + STOPS_WITHIN.toSeconds() + " s and was killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            family.forEach(ProcessHandle::destroyForcibly);
        } finally {
            database.close();
        }
    }

    /** A copy for the tests, so that another use of the distribution (the demo) does not meet theirs. */
    private static Path prepareHome(Installation installation, DatabaseKind database) throws IOException {
        Path home = installation
                .buildDirectory()
                .resolve("keycloak-under-test")
                .resolve(installation.version() + "-" + database.code());
        if (!Files.exists(home)) {
            copyTree(installation.home(), home);
        }
        deleteTree(home.resolve("data"));
        Path imports = Files.createDirectories(home.resolve("data/import"));
        Files.copy(installation.realm(), imports.resolve("realm.json"));
        Files.copy(
                installation.jar(),
                home.resolve("providers").resolve(installation.jar().getFileName()),
                StandardCopyOption.REPLACE_EXISTING);
        TestMetadata.ROOT.writePem(home.resolve(METADATA_ROOT));
        Path truststores = Files.createDirectories(home.resolve("conf/truststores"));
        Files.writeString(truststores.resolve("vendor.pem"), Pem.of(Vendors.TRUSTED.certificate()));
        return home;
    }

    private void awaitReady() {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request = HttpRequest.newBuilder(baseUrl.resolve("/realms/passkeys"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            Await.present("a ready Keycloak", STARTS_WITHIN, () -> {
                if (!process.isAlive()) {
                    throw new AssertionError("Keycloak ended with exit code " + process.exitValue());
                }
                return answers(client, request) ? Optional.of(true) : Optional.empty();
            });
        } catch (AssertionError e) {
            AssertionError told = new AssertionError(e.getMessage() + ". The end of its log:\n" + logTail(), e);
            process.destroy();
            throw told;
        }
    }

    private static boolean answers(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String logTail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
