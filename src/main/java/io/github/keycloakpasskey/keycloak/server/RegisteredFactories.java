package io.github.keycloakpasskey.keycloak.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The factories of this extension, as {@code META-INF/services} names them: all of its classes are reached from there. */
final class RegisteredFactories {

    private static final String OWN = "io.github.keycloakpasskey.";

    /** Names, as a server may lack one of these types. */
    static final List<String> SPIS = List.of(
            "org.keycloak.authentication.AuthenticatorFactory",
            "org.keycloak.authentication.FormActionFactory",
            "org.keycloak.authentication.RequiredActionFactory",
            "org.keycloak.credential.CredentialProviderFactory",
            "org.keycloak.events.EventListenerProviderFactory",
            "org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory");

    private RegisteredFactories() {}

    /** Their names. Files of other extensions and of Keycloak have the same places, and name other classes. */
    static List<String> in(ClassLoader loader) {
        return SPIS.stream()
                .flatMap(spi -> files(loader, "META-INF/services/" + spi))
                .flatMap(RegisteredFactories::lines)
                .filter(name -> name.startsWith(OWN))
                .toList();
    }

    private static Stream<URL> files(ClassLoader loader, String name) {
        try {
            return Collections.list(loader.getResources(name)).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static Stream<String> lines(URL file) {
        try (InputStream input = file.openStream();
                BufferedReader reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            return reader.lines().map(String::strip).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
