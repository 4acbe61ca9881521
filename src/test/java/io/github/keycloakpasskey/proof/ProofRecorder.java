package io.github.keycloakpasskey.proof;

import io.github.keycloakpasskey.proof.Proof.Kind;
import io.github.keycloakpasskey.proof.Proof.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Notes how tests ended that show something, in a file of this JVM's own in {@code target/proofs}. */
final class ProofRecorder implements TestWatcher {

    @Override
    public void testSuccessful(ExtensionContext context) {
        record(context, Result.HELD);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        record(context, Result.FAILED);
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        record(context, Result.NOT_RUN);
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        record(context, Result.NOT_RUN);
    }

    private static void record(ExtensionContext context, Result result) {
        List<Proof> proofs =
                proofs(context.getRequiredTestClass(), context.getTestMethod(), context.getDisplayName(), result);
        Path directory = Path.of(System.getProperty("passkey.build-directory", "target"), "proofs");
        Path file = directory.resolve(ProcessHandle.current().pid() + ".tsv");
        try {
            Files.createDirectories(directory);
            Files.write(
                    file,
                    proofs.stream().map(Proof::toLine).toList(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a run of a test shows.
     *
     * @param method empty where the class as a whole did not run
     * @param displayName of the invocation
     */
    static List<Proof> proofs(Class<?> testClass, Optional<Method> method, String displayName, Result result) {
        String className = testClass.getSimpleName();
        String test = method.map(it -> className + "." + it.getName()).orElse(className);
        List<Proof> proofs = new ArrayList<>();
        Optional.ofNullable(testClass.getAnnotation(Shows.class)).ifPresent(shows -> {
            add(proofs, shows, className, result);
            stepOf(shows, displayName).ifPresent(step -> proofs.add(new Proof(Kind.STEP, step, test, result)));
        });
        method.map(it -> it.getAnnotation(Shows.class)).ifPresent(shows -> {
            add(proofs, shows, test, result);
            for (String step : shows.steps()) {
                proofs.add(new Proof(Kind.SINGLE_STEP, step, test, result));
            }
        });
        return proofs;
    }

    private static void add(List<Proof> proofs, Shows shows, String test, Result result) {
        for (Threat threat : shows.value()) {
            proofs.add(new Proof(Kind.THREAT, threat.name(), test, result));
        }
        for (Weakness weakness : shows.weaknesses()) {
            proofs.add(new Proof(Kind.WEAKNESS, weakness.name(), test, result));
        }
    }

    /** The section of the class and the name of the invocation, where that names a step. */
    private static Optional<String> stepOf(Shows shows, String displayName) {
        // JUnit puts quotation marks around arguments that are texts.
        String name = displayName.replace("\"", "");
        return Arrays.stream(shows.steps())
                .filter(section -> name.startsWith("step") || name.startsWith("§"))
                .map(section -> section + " " + name)
                .findFirst();
    }
}
