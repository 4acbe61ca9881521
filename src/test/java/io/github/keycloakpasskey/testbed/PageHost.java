package io.github.keycloakpasskey.testbed;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Serves small pages with the extension's scripts, without a Keycloak, and keeps what they post. They have {@code
 * browser-stub.js} in place of {@code navigator.credentials}.
 */
public final class PageHost implements AutoCloseable {

    private static final String STUB = text("browser-stub.js");

    private static final String OF_KNOWN_USER =
            "{\"challenge\":\"AQ\",\"allowCredentials\":[{\"type\":\"public-key\",\"id\":\"-_8\"}]}";
    private static final String OF_ANYBODY = "{\"challenge\":\"AQ\"}";
    private static final String REGISTRATION = "{\"challenge\":\"AQ\",\"user\":{\"id\":\"Ag\",\"name\":\"ada\"}}";

    private final HttpServer server;
    private final List<Map<String, String>> posts = new CopyOnWriteArrayList<>();
    private volatile String browser = "";

    /** A page that runs a ceremony. */
    public enum Kind {
        BESIDE_PASSWORD,
        SIGN_IN_ALONE,
        REGISTRATION
    }

    public PageHost() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> send(exchange, "text/html", head("Empty")));
        server.createContext("/resources/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String type = path.endsWith(".js") ? "text/javascript" : "text/css";
            send(exchange, type, text("/theme-resources" + path));
        });
        server.createContext("/page/", exchange -> {
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            send(exchange, "text/html", head("A page") + body(Kind.valueOf(path[2]), path[3]));
        });
        server.createContext("/post", exchange -> {
            posts.add(fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            send(exchange, "text/html", "<!doctype html><title>Posted</title>");
        });
        server.start();
    }

    /**
     * Opens a page.
     *
     * @param mediation how the page asks, as {@code data-mediation} has it
     * @param plan what the browser does, as {@code browser-stub.js} describes it; JavaScript
     * @param before JavaScript that changes the browser before the page's scripts run
     */
    public void open(Page page, Kind kind, String mediation, String plan, String before) {
        posts.clear();
        browser = before + ";window.plan = " + plan + ";" + STUB;
        page.navigate(address("/page/" + kind + "/" + mediation));
    }

    /** Opens a page without anything on it, with the stub. */
    public void openEmpty(Page page) {
        browser = STUB;
        page.navigate(address("/"));
    }

    /** The fields of each form that the page has posted. */
    public List<Map<String, String>> posts() {
        return List.copyOf(posts);
    }

    private String address(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private String head(String title) {
        return """
                <!doctype html><html lang="en"><meta charset="utf-8"><title>%s</title>
                <link rel="stylesheet" href="/resources/css/passkey.css">
                <script>%s</script>
                """.formatted(title, browser);
    }

    private static String body(Kind kind, String mediation) {
        return switch (kind) {
            case BESIDE_PASSWORD -> """
                    <form id="kc-form-login" method="post" action="/post">
                      <input id="username" name="username" autocomplete="username webauthn">
                      <button id="kc-login" name="login">Sign in</button>
                    </form>
                    <div class="passkey-beside"><p class="passkey-divider">or</p>%s</div>
                    """.formatted(form("authenticate", OF_KNOWN_USER, mediation, ""));
            case SIGN_IN_ALONE ->
                form("authenticate", OF_ANYBODY, mediation, "<input id=\"username\" name=\"username\">");
            case REGISTRATION ->
                form("register", REGISTRATION, mediation, "<input id=\"passkeyLabel\" name=\"passkeyLabel\">");
        };
    }

    private static String form(String script, String options, String mediation, String field) {
        return """
                <form id="passkey-form" method="post" action="/post" novalidate data-options='%s' data-mediation="%s"
                      data-message-waiting="Waiting for your device…" data-message-cancelled="Cancelled"
                      data-message-elsewhere="Elsewhere" data-message-unsupported="Unsupported">
                  <input type="hidden" name="passkeyResponse"><input type="hidden" name="passkeyError">
                  %s
                  <div id="passkey-message" class="passkey-message" role="alert" hidden><span id="passkey-message-text"></span></div>
                  <button type="submit" id="passkey-start" disabled>Passkey</button>
                  <button type="submit" id="passkey-cancel" name="cancel-aia" value="true" formnovalidate>Cancel</button>
                  <p id="passkey-status" class="passkey-status" role="status"></p>
                </form>
                <script type="module" src="/resources/js/passkey-%s.js"></script>
                """.formatted(options, mediation, field, script);
    }

    private static Map<String, String> fields(String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            fields.put(parts[0], URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static void send(HttpExchange exchange, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String text(String resource) {
        try (InputStream stream = PageHost.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
