package io.github.keycloakpasskey.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fuzzer's seeds, and the inputs that once caused a failure. */
class FuzzRegressionTest {

    private static final Path KEPT = Path.of("src/test/resources/io/github/keycloakpasskey/fuzz");
    private static final Duration HANGS = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource
    void everySeedGetsAVerdictInTime(FuzzTargets name) {
        FuzzTarget target = name.make();
        assertThat(target.seeds()).isNotEmpty();
        Set<String> refused = new LinkedHashSet<>();
        target.seeds().forEach((seed, input) -> {
            if (!judge(seed, target, input)) {
                refused.add(seed);
            }
        });
        assertThat(refused).noneMatch(seed -> seed.startsWith(FuzzTarget.GENUINE));
    }

    private static boolean judge(String name, FuzzTarget target, byte[] input) {
        try {
            return assertTimeoutPreemptively(HANGS, () -> InTime.judge(target, input));
        } catch (AssertionError finding) {
            throw new AssertionError(name + ": " + finding.getMessage(), finding);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyKeptInputGetsAVerdictInTime() {
        return Arrays.stream(FuzzTargets.values()).flatMap(name -> {
            FuzzTarget target = name.make();
            return kept(KEPT.resolve(name.id()))
                    .map(file -> dynamicTest(
                            name.id() + "/" + file.getFileName(),
                            () -> assertTimeoutPreemptively(
                                    HANGS, () -> InTime.judge(target, Files.readAllBytes(file)))));
        });
    }

    private static Stream<Path> kept(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
