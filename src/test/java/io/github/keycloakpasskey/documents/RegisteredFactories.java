package io.github.keycloakpasskey.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.provider.ProviderFactory;

/** The factories of this extension, made anew from the files that Keycloak finds them by: so none can be forgotten. */
final class RegisteredFactories {

    private static final Path SERVICES = Path.of("src/main/resources/META-INF/services");

    private RegisteredFactories() {}

    /** The kinds that there are, such as {@code org.keycloak.authentication.AuthenticatorFactory}. */
    static List<Class<?>> kinds() {
        try (Stream<Path> files = Files.list(SERVICES)) {
            return files.map(file -> file.getFileName().toString())
                    .sorted()
                    .<Class<?>>map(RegisteredFactories::type)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of one kind, in the order of its file. */
    static List<ProviderFactory<?>> of(Class<?> kind) {
        try (Stream<String> names = Files.lines(SERVICES.resolve(kind.getName()))) {
            return names.<ProviderFactory<?>>map(RegisteredFactories::make).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProviderFactory<?> make(String name) {
        try {
            return (ProviderFactory<?>) type(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new LinkageError(name, e);
        }
    }
}
