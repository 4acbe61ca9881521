package io.github.keycloakpasskey.testbed;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What browsers meet where Keycloak sends them back to the client {@link TestRealm#CLIENT}: a page of one line. */
final class StandInApp implements AutoCloseable {

    private static final byte[] PAGE =
            "<!doctype html><title>The app</title><p>Back at the app".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;

    StandInApp() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, PAGE.length);
            exchange.getResponseBody().write(PAGE);
            exchange.close();
        });
        server.start();
    }

    URI redirectUri() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/callback");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
