package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where a failing test leaves what helps to understand it: {@code target/failures/<class>/<test>}. */
final class FailureRecord {

    private FailureRecord() {}

    static Path directory(ExtensionContext context) {
        String test = String.join(
                " ",
                context.getRequiredTestMethod().getName(),
                context.getDisplayName(),
                DatabaseExtension.kind(context).code());
        String name = test.replaceAll("[^A-Za-z0-9]+", "-");
        Path directory = Installation.buildDirectoryOfRun()
                .resolve("failures")
                .resolve(context.getRequiredTestClass().getSimpleName())
                .resolve(name.substring(0, Math.min(name.length(), 100)));
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
