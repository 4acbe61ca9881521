package io.github.keycloakpasskey.testbed;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A proxy before several servers that keeps nobody with one of them: each request goes to the next, unless the test says
 * to which. A server that does not answer is passed over, as a proxy does that checks their health.
 */
final class RoundRobin implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BAD_GATEWAY = 502;

    /** What is between two neighbours only, and what the client makes by itself. */
    private static final Set<String> OF_ONE_HOP =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private final HttpServer proxy;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final AtomicReference<List<URI>> servers = new AtomicReference<>(List.of());
    private final AtomicInteger turn = new AtomicInteger();

    RoundRobin() {
        try {
            proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        proxy.createContext("/", this::answer);
        proxy.setExecutor(threads);
        proxy.start();
    }

    URI baseUrl() {
        return URI.create("http://localhost:" + proxy.getAddress().getPort());
    }

    /** From now on requests go to these, in turn. */
    void sendTo(List<URI> addresses) {
        servers.set(List.copyOf(addresses));
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        List<URI> now = servers.get();
        int first = turn.getAndIncrement();
        try {
            for (int i = 0; i < now.size(); i++) {
                URI server = now.get(Math.floorMod(first + i, now.size()));
                if (passOn(exchange, server, body)) {
                    return;
                }
            }
            exchange.sendResponseHeaders(BAD_GATEWAY, -1);
        } finally {
            exchange.close();
        }
    }

    /** Gives false where nobody answers. */
    private boolean passOn(HttpExchange exchange, URI server, byte[] body) throws IOException {
        URI asked = exchange.getRequestURI();
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(asked.toString()))
                .timeout(PATIENCE)
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isPassedOn(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            Headers headers = exchange.getResponseHeaders();
            response.headers().map().forEach((name, values) -> {
                if (isPassedOn(name)) {
                    headers.put(name, values);
                }
            });
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
            return true;
        } catch (IOException nobodyAnswers) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static boolean isPassedOn(String header) {
        return !OF_ONE_HOP.contains(header.toLowerCase(Locale.ROOT)) && !header.startsWith(":");
    }

    @Override
    public void close() {
        proxy.stop(0);
        threads.shutdownNow();
    }
}
