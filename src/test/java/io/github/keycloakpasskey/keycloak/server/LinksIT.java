package io.github.keycloakpasskey.keycloak.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JAR finds all that it needs in each tested version of Keycloak. No server is started. */
class LinksIT {

    private static final Path JAR = Path.of(System.getProperty("passkey.jar"));

    static Stream<Path> servers() {
        return Stream.of("26.4.7", "26.5.6", "26.6.4", "26.7.3").map(v -> Path.of("/tmp/w/kc/keycloak-" + v));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void everyReferenceOfTheJarIsThere(Path home) throws IOException {
        try (URLClassLoader loader = new URLClassLoader(jars(home), ClassLoader.getPlatformClassLoader())) {
            assertThat(LinkCheck.missing(loader, classes())).isEmpty();
        }
    }

    private static List<String> classes() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }

    private static URL[] jars(Path home) throws IOException {
        List<URL> urls = new ArrayList<>();
        urls.add(JAR.toUri().toURL());
        for (String directory : List.of("lib/lib/main", "lib/lib/boot")) {
            try (Stream<Path> files = Files.list(home.resolve(directory))) {
                for (Path file : files.sorted().toList()) {
                    urls.add(file.toUri().toURL());
                }
            }
        }
        return urls.toArray(URL[]::new);
    }
}
