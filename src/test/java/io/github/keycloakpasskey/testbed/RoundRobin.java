package io.github.keycloakpasskey.testbed;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
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
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A proxy before several servers that keeps nobody with one of them: each request goes to the next, unless the test says
 * to which. A server that cannot be reached is passed over; a POST that one may have acted upon is not sent to another.
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
    private final AtomicReference<Route> route = new AtomicReference<>(new Route(List.of(), Optional.empty()));
    private final AtomicInteger turn = new AtomicInteger();
    private final Queue<Answered> answered = new ConcurrentLinkedQueue<>();

    /**
     * Where requests go.
     *
     * @param meeting where POSTs wait until there is one for each server
     */
    private record Route(List<URI> servers, Optional<CyclicBarrier> meeting) {}

    /** Which server answered a request of this method. */
    private record Answered(String method, URI server) {}

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

    /** Where requests go now. */
    List<URI> servers() {
        return route.get().servers();
    }

    /** From now on requests go to these, in turn. */
    void sendTo(List<URI> addresses) {
        send(new Route(List.copyOf(addresses), Optional.empty()));
    }

    /** The same, but a POST waits until there is one for each server: then all go on, each to one of its own. */
    void sendPostsToEachOf(List<URI> addresses) {
        send(new Route(List.copyOf(addresses), Optional.of(new CyclicBarrier(addresses.size()))));
    }

    private void send(Route next) {
        route.set(next);
        answered.clear();
    }

    /** Which servers answered the requests of this method since it was said where requests go. */
    List<URI> answeredBy(String method) {
        return answered.stream()
                .filter(request -> request.method().equals(method))
                .map(Answered::server)
                .toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Route way = route.get();
        List<URI> now = way.servers();
        try {
            int first =
                    exchange.getRequestMethod().equals("POST") && way.meeting().isPresent()
                            ? meet(way.meeting().get())
                            : turn.getAndIncrement();
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

    /** Gives another number to each of those who meet. */
    private static int meet(CyclicBarrier meeting) throws IOException {
        try {
            return meeting.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new IOException("No POST came for another server", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Gives false where another server may be asked instead. */
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
        HttpResponse<byte[]> response;
        try {
            response = client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (ConnectException nobodyThere) {
            return false;
        } catch (IOException noAnswer) {
            if (exchange.getRequestMethod().equals("GET")) {
                return false;
            }
            exchange.sendResponseHeaders(BAD_GATEWAY, -1);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        answered.add(new Answered(exchange.getRequestMethod(), server));
        Headers headers = exchange.getResponseHeaders();
        response.headers().map().forEach((name, values) -> {
            if (isPassedOn(name)) {
                headers.put(name, values);
            }
        });
        exchange.sendResponseHeaders(response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
        exchange.getResponseBody().write(response.body());
        return true;
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
