package io.github.keycloakpasskey.keycloak.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RegisteredFactoriesTest {

    @Test
    void everyServiceFileOfTheExtensionIsRead() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/META-INF/services"))) {
            assertThat(RegisteredFactories.SPIS)
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(Path::getFileName).map(Path::toString).toList());
        }
    }

    @Test
    void everyRegisteredFactoryIsAClassOfTheExtension() {
        assertThat(RegisteredFactories.in(getClass().getClassLoader()))
                .contains("io.github.keycloakpasskey.keycloak.requiredaction.PasskeyRegisterFactory")
                .allSatisfy(name -> assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException());
    }
}
