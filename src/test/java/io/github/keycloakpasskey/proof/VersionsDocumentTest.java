package io.github.keycloakpasskey.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.keycloakpasskey.proof.VersionCheck.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionsDocumentTest {

    @TempDir
    Path reports;

    @Test
    void theTestsOfAllClassesOfACheckAreCounted() throws IOException {
        report("io.github.keycloakpasskey.ExampleRealmsIT", "<testcase/><testcase><failure/></testcase>");
        report("io.github.keycloakpasskey.ExampleRealmsWithoutPasswordIT", "<testcase/>");
        report("io.github.keycloakpasskey.ConsolesIT", "<testcase/>");

        assertThat(VersionCheck.EXAMPLE_REALMS.outcome(reports)).hasToString("1 of 3 FAILED");
        assertThat(VersionCheck.CONSOLES.outcome(reports)).hasToString("1 passed");
    }

    @Test
    void aSkippedTestIsNotPassed() throws IOException {
        report("io.github.keycloakpasskey.ConsolesIT", "<testcase><skipped/></testcase>");

        assertThat(VersionCheck.CONSOLES.outcome(reports).isPassed()).isFalse();
    }

    @Test
    void aCheckWithoutTestsIsNotPassed() throws IOException {
        assertThat(VersionCheck.CONSOLES.outcome(reports).isPassed()).isFalse();
    }

    @Test
    void eachTestedPatchStandsBesideTheLeastPatchToRun() {
        Map<VersionCheck, Outcome> checks = new EnumMap<>(Map.of(VersionCheck.LINKS, new Outcome(1, 0)));

        assertThat(new VersionsDocument(Map.of("26.6.4", checks)).versions())
                .endsWith(
                        "| 26.6 | 26.6.4 | links | **26.6.3**: older patches have CVE-2026-37982 and CVE-2026-9087 |");
    }

    @Test
    void aMinorVersionNeedsALeastPatch() {
        assertThatIllegalArgumentException().isThrownBy(() -> LeastPatch.of("26.99"));
    }

    private void report(String testClass, String cases) throws IOException {
        Files.writeString(reports.resolve("TEST-" + testClass + ".xml"), "<testsuite>" + cases + "</testsuite>");
    }
}
