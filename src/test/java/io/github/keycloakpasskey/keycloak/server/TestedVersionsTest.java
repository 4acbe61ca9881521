package io.github.keycloakpasskey.keycloak.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestedVersionsTest {

    private final List<String> versions = TestedVersions.read().versions();
    private final String build = ProjectFiles.read(Path.of("pom.xml"));

    @Test
    void theOldestIsTheOneThatTheExtensionIsCompiledAgainst() {
        assertThat(build).contains("<keycloak.version>" + versions.get(0) + "</keycloak.version>");
    }

    @Test
    void theNewestIsTheOneThatMostTestsRunOn() {
        assertThat(build)
                .contains(
                        "<keycloak.server.version>" + versions.get(versions.size() - 1) + "</keycloak.server.version>");
    }

    @Test
    void eachMinorVersionHasOnePatch() {
        assertThat(versions.stream().map(version -> version.substring(0, version.lastIndexOf('.'))))
                .doesNotHaveDuplicates();
    }
}
