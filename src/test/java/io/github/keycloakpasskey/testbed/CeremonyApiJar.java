package io.github.keycloakpasskey.testbed;

import io.github.keycloakpasskey.testbed.ceremonyapi.CeremonyResourceFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** A provider JAR with the package {@code ceremonyapi} of the tests. */
final class CeremonyApiJar {

    private CeremonyApiJar() {}

    /** Writes the JAR into a folder, for example that of a server's providers. */
    static Path writeTo(Path folder) throws IOException {
        Path written = folder.resolve("ceremony-without-page.jar");
        Class<?> factory = CeremonyResourceFactory.class;
        try (OutputStream file = Files.newOutputStream(written);
                JarOutputStream jar = new JarOutputStream(file)) {
            add(jar, "META-INF/services/" + RealmResourceProviderFactory.class.getName(), factory.getName());
            // Without it, Keycloak does not find the methods of the resource.
            add(jar, "META-INF/beans.xml", "");
            Path root = classes(factory);
            for (Path type : filesOf(root, factory)) {
                jar.putNextEntry(new JarEntry(root.relativize(type).toString()));
                Files.copy(type, jar);
                jar.closeEntry();
            }
        }
        return written;
    }

    private static List<Path> filesOf(Path root, Class<?> factory) throws IOException {
        Path folder = root.resolve(factory.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
    }

    private static Path classes(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the location of compiled tests is a path", impossible);
        }
    }

    private static void add(JarOutputStream jar, String name, String text) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(text.getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
    }
}
