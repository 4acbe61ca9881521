package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.testbed.Stub;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.keycloak.Config;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The options that the server can be started with: what the factories ask for when it starts. */
final class ServerOptions {

    /** The others are asked for only where this one is set. */
    private static final String LOCATION = "metadata-location";

    private final Map<String, String> defaults = new TreeMap<>();

    private ServerOptions() {}

    /** What each stands for where it is not set, by its full name; empty for nothing. */
    static Map<String, String> defaults() {
        ServerOptions asked = new ServerOptions();
        for (Class<?> kind : RegisteredFactories.kinds()) {
            for (ProviderFactory<?> factory : RegisteredFactories.of(kind)) {
                factory.init(asked.scope("spi-" + spi(kind) + "--" + factory.getId() + "--"));
            }
        }
        return asked.defaults;
    }

    private static String spi(Class<?> kind) {
        return ServiceLoader.load(Spi.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(spi -> spi.getProviderFactoryClass().equals(kind))
                .map(Spi::getName)
                .findFirst()
                .orElseThrow();
    }

    private Config.Scope scope(String prefix) {
        Stub.Answer answer = arguments -> {
            String name = (String) arguments[0];
            Object byDefault = arguments.length > 1 ? arguments[1] : null;
            defaults.put(prefix + name, Objects.toString(byDefault, ""));
            return name.equals(LOCATION) ? "blob.jwt" : byDefault;
        };
        return Stub.of(
                Config.Scope.class,
                Map.of("get", answer, "getInt", answer, "getLong", answer, "getBoolean", answer, "getArray", answer));
    }
}
