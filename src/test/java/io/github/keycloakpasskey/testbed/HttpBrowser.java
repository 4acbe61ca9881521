package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What of a browser sends requests to one host: its cookies and its connections. It follows no redirect by itself. */
public final class HttpBrowser {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final Map<CookieKey, String> cookies = new LinkedHashMap<>();

    /** What tells two cookies apart, here where all are of one host. */
    private record CookieKey(String path, String name) {

        boolean isFor(URI address) {
            return address.getPath().startsWith(path);
        }
    }

    /** @param http whose connections it uses; others may use them too */
    public HttpBrowser(HttpClient http) {
        this.http = http;
    }

    /** Connections that are kept alive, as those of a browser are. */
    public static HttpClient newConnections() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** One that has the same cookies now, and connections of its own. */
    HttpBrowser again() {
        HttpBrowser other = new HttpBrowser(newConnections());
        other.cookies.putAll(cookies);
        return other;
    }

    /** Forgets the cookies whose path has this in it. */
    void forget(String path) {
        cookies.keySet().removeIf(cookie -> cookie.path().contains(path));
    }

    /** Sends a request with the cookies that it gets, and keeps those of the answer. */
    public HttpResponse<String> send(HttpRequest.Builder request) {
        URI address = request.build().uri();
        String sent = cookies.entrySet().stream()
                .filter(cookie -> cookie.getKey().isFor(address))
                .map(cookie -> cookie.getKey().name() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            request.setHeader("Cookie", sent);
        }
        try {
            HttpResponse<String> response = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As a browser on a loopback address does: also cookies that are marked as secure. */
    private void keep(String header) {
        for (HttpCookie cookie : HttpCookie.parse(header)) {
            CookieKey key = new CookieKey(Optional.ofNullable(cookie.getPath()).orElse("/"), cookie.getName());
            if (cookie.getMaxAge() == 0) {
                cookies.remove(key);
            } else {
                cookies.put(key, cookie.getValue());
            }
        }
    }

    /** A request that posts a form with these fields. */
    public static HttpRequest.Builder form(URI action, Map<String, String> fields) {
        return HttpRequest.newBuilder(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encode(fields)));
    }

    static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
