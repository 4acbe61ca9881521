package io.github.keycloakpasskey.keycloak.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.Distribution;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged JAR against the JARs of each tested version of Keycloak; no server is started. */
class LinksIT {

    private static final String CLASS_FILE = ".class";
    private static final String KEYCLOAK_HALF = "io.github.keycloakpasskey.keycloak.";

    static List<String> testedVersions() {
        return Distribution.testedVersions();
    }

    @ParameterizedTest
    @MethodSource("testedVersions")
    void theServerHasEveryClassAndMemberThatTheJarRefersTo(String version) throws IOException {
        try (URLClassLoader server = server(version)) {
            assertThat(LinkCheck.of(server, classes()).missing()).isEmpty();
        }
    }

    @Test
    void theProbeAtStartReachesEveryClassOfTheJarFromItsFactories() throws IOException {
        try (URLClassLoader server = server(testedVersions().get(0))) {
            assertThat(LinkCheck.of(server, RegisteredFactories.in(server)).checked())
                    .containsAll(classes().stream()
                            .filter(name -> name.startsWith(KEYCLOAK_HALF) && !name.endsWith(".package-info"))
                            .toList());
        }
    }

    /** A member that is renamed would otherwise be replaced by its fallback, and nobody would notice. */
    @ParameterizedTest
    @ValueSource(classes = {PolicyChoices.class, RememberMe.class, KnownAuthenticator.class})
    void theNewestServerHasEveryMemberThatOlderOnesLack(Class<?> caller)
            throws IOException, ReflectiveOperationException {
        List<String> versions = testedVersions();
        try (URLClassLoader server = server(versions.get(versions.size() - 1))) {
            Class<?> there = Class.forName(caller.getName(), true, server);
            List<Field> members = Arrays.stream(there.getDeclaredFields())
                    .filter(field -> field.getType().getName().equals(NewerMethod.class.getName()))
                    .toList();
            assertThat(members).isNotEmpty();
            for (Field member : members) {
                assertThat(isPresent(member)).as(member.getName()).isTrue();
            }
        }
    }

    private static boolean isPresent(Field member) throws ReflectiveOperationException {
        member.setAccessible(true);
        Method isPresent = member.getType().getDeclaredMethod("isPresent");
        isPresent.setAccessible(true);
        return (boolean) isPresent.invoke(member.get(null));
    }

    private static URLClassLoader server(String version) throws MalformedURLException {
        List<URL> jars = new ArrayList<>();
        jars.add(jar().toUri().toURL());
        for (Path jar : Distribution.jars(version)) {
            jars.add(jar.toUri().toURL());
        }
        return new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static List<String> classes() throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(CLASS_FILE))
                    .map(name -> name.substring(0, name.length() - CLASS_FILE.length())
                            .replace('/', '.'))
                    .toList();
        }
    }

    private static Path jar() {
        return Path.of(System.getProperty("passkey.jar"));
    }
}
