package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The app of {@code demo/}, served for the tests on a port of its own. */
public final class DemoApp implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("http://localhost:\\d+/");
    private static final Duration LIBRARIES_WITHIN = Duration.ofMinutes(3);
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);

    private final Process process;
    private final Thread stopOnExit;
    private final URI address;

    DemoApp(URI issuer) {
        Path directory = Path.of("demo").toAbsolutePath();
        Path buildDirectory = Installation.buildDirectoryOfRun();
        installLibraries(directory, buildDirectory.resolve("demo-libraries.log"));
        Path log = buildDirectory.resolve("demo.log");
        process = run(directory, log, "node", "server.mjs", "--port", "0", "--issuer", issuer.toString());
        stopOnExit = new Thread(process::destroy, "stop-demo");
        Runtime.getRuntime().addShutdownHook(stopOnExit);
        address = Await.present("the demo app's address in " + log, STARTS_WITHIN, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("The demo app ended: " + read(log));
            }
            Matcher printed = ADDRESS.matcher(read(log));
            return printed.find() ? Optional.of(URI.create(printed.group())) : Optional.empty();
        });
    }

    public URI address() {
        return address;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(stopOnExit);
        process.destroy();
    }

    /** Where a person ran the tests without {@code bin/test}, the app's libraries may be missing. */
    private static void installLibraries(Path directory, Path log) {
        if (Files.exists(directory.resolve("node_modules"))) {
            return;
        }
        Process install = run(directory, log, "npm", "ci", "--omit=dev");
        try {
            if (!install.waitFor(LIBRARIES_WITHIN.toSeconds(), TimeUnit.SECONDS) || install.exitValue() != 0) {
                install.destroy();
                throw new AssertionError("npm ci failed in " + directory + ": " + read(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            install.destroy();
        }
    }

    private static Process run(Path directory, Path log, String... command) {
        try {
            return new ProcessBuilder(List.of(command))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
