package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Keycloak as a process of this machine, which ends with the JVM at the latest. */
final class ServerProcess implements AutoCloseable {

    /** The environment in which a Keycloak makes its first administrator. */
    static final Map<String, String> ADMINISTRATOR = Map.of(
            "KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakServer.ADMIN,
            "KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakServer.ADMIN);

    /** Has the JVM compile for a start and not for the long run. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    /** The first start builds the server; a busy machine with two cores takes more than a minute. */
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(5);

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);
    private static final int LOG_LINES_SHOWN = 60;

    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Process process;
    private final Thread stopOnExit;

    ServerProcess(List<String> command, Map<String, String> environment, Path log) {
        this(command, environment, log, Redirect.to(log.toFile()));
    }

    private ServerProcess(List<String> command, Map<String, String> environment, Path log, Redirect output) {
        this.command = command;
        this.environment = environment;
        this.log = log;
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stopOnExit = new Thread(process::destroy, "stop-keycloak");
        Runtime.getRuntime().addShutdownHook(stopOnExit);
    }

    /** The same once more, after this one has ended; the log goes on, as it tells how that was. */
    ServerProcess startAgain() {
        return new ServerProcess(command, environment, log, Redirect.appendTo(log.toFile()));
    }

    /**
     * The environment of a server that is tested and not measured: it starts with little more than half of the processor
     * time, and lives too short to win the rest back.
     */
    static Map<String, String> testEnvironment(String... javaOptions) {
        Map<String, String> environment = new LinkedHashMap<>(ADMINISTRATOR);
        environment.put("JAVA_OPTS_APPEND", QUICK_START + " " + String.join(" ", javaOptions));
        return environment;
    }

    /** A port of the loopback that nobody listens on. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until this page is there. */
    void awaitReady(URI page) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request =
                HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(10)).build();
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

    /** Waits until it has ended by itself. */
    void awaitEnd() {
        try {
            if (!process.waitFor(STARTS_WITHIN.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("Keycloak did not end as it should. The end of its log:\n" + logTail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            close();
        }
    }

    void copyLogTo(Path file) {
        try {
            Files.copy(log, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The id of the JVM, which the script has started. */
    long javaProcess() {
        return family().filter(
                        candidate -> candidate.info().command().orElse("").endsWith("/java"))
                .map(ProcessHandle::pid)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no JVM"));
    }

    /** SIGKILL: it has no time to hand anything over, or to say goodbye. */
    void kill() {
        Runtime.getRuntime().removeShutdownHook(stopOnExit);
        List<ProcessHandle> family = family().toList();
        family.forEach(ProcessHandle::destroyForcibly);
        family.forEach(member -> member.onExit().join());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private Stream<ProcessHandle> family() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
    }

    /** SIGTERM, which kc.sh passes on: the server says goodbye and its coverage agent writes its file. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(stopOnExit);
        List<ProcessHandle> family = family().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                family.forEach(ProcessHandle::destroyForcibly);
                throw new IllegalStateException(
                        "Keycloak did not stop within " + STOPS_WITHIN.toSeconds() + " s and was killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            family.forEach(ProcessHandle::destroyForcibly);
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
}
