package io.github.keycloakpasskey.testbed;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves small pages with the extension's scripts, without a Keycloak, and keeps what they post. They have {@code
 * browser-stub.js} in place of {@code navigator.credentials}.
 */
public final class PageHost implements AutoCloseable {

    private static final String STUB = text("browser-stub.js");

    private static final String OF_KNOWN_USER =
            "{\"challenge\":\"%s\",\"allowCredentials\":[{\"type\":\"public-key\",\"id\":\"-_8\"}]}";
    private static final String OF_ANYBODY = "{\"challenge\":\"%s\"}";
    private static final String REGISTRATION = "{\"challenge\":\"%s\",\"user\":{\"id\":\"Ag\",\"name\":\"ada\"}}";

    private final HttpServer server;
    private final List<Map<String, String>> posts = new CopyOnWriteArrayList<>();
    private final List<URI> renewals = new CopyOnWriteArrayList<>();
    private final AtomicInteger pages = new AtomicInteger();
    private volatile String browser = "";
    private volatile String lifespan = "";

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
        server.createContext("/page/", this::sendPage);
        server.createContext("/login/", exchange -> {
            if (exchange.getRequestMethod().equals("GET")) {
                renewals.add(exchange.getRequestURI());
                sendPage(exchange);
                return;
            }
            posts.add(fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            send(exchange, "text/html", "<!doctype html><title>Posted</title>");
        });
        server.start();
    }

    private void sendPage(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        send(exchange, "text/html", head("A page") + body(Kind.valueOf(path[2]), path[3]));
    }

    /** How long the challenges of the pages live, as {@code data-challenge-lifespan} has it; empty: for ever. */
    public void lifespan(String milliseconds) {
        lifespan = milliseconds;
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
        renewals.clear();
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

    /** The addresses from which pages have fetched a new challenge. */
    public List<URI> renewals() {
        return List.copyOf(renewals);
    }

    /** The address of a path at this host. */
    public String address(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private String head(String title) {
        return """
                <!doctype html><html lang="en"><meta charset="utf-8"><title>%s</title>
                <link rel="stylesheet" href="/resources/css/passkey.css">
                <script>%s</script>
                """.formatted(title, browser);
    }

    /** A page of its own session code and challenge, in the tab that each page is in. */
    private String body(Kind kind, String mediation) {
        int serial = pages.incrementAndGet();
        String action = "/login/%s/%s?session_code=%d&amp;tab_id=one".formatted(kind, mediation, serial);
        return switch (kind) {
            case BESIDE_PASSWORD ->
                """
                    <form id="kc-form-login" method="post" action="%s">
                      <input id="username" name="username" autocomplete="username webauthn">
                      <button id="kc-login" name="login">Sign in</button>
                    </form>
                    <div class="passkey-beside"><p class="passkey-divider">or</p>%s</div>
                    """.formatted(action, form("authentication", action, options(OF_KNOWN_USER, serial), mediation, ""));
            case SIGN_IN_ALONE ->
                form(
                        "authentication",
                        action,
                        options(OF_ANYBODY, serial),
                        mediation,
                        "<input id=\"username\" name=\"username\">");
            case REGISTRATION ->
                form(
                        "registration",
                        action,
                        options(REGISTRATION, serial),
                        mediation,
                        "<input id=\"passkeyLabel\" name=\"passkeyLabel\">");
        };
    }

    private static String options(String template, int challenge) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(challenge).array();
        return template.formatted(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private String form(String ceremony, String action, String options, String mediation, String field) {
        return """
                <form id="passkey-form" method="post" action="%s" novalidate data-ceremony="%s" data-options='%s'
                      data-mediation="%s" data-challenge-lifespan="%s" data-message-waiting="Waiting for your device…"
                      data-message-renewing="One moment…" data-message-cancelled="Cancelled"
                      data-message-elsewhere="Elsewhere" data-message-expired="Expired"
                      data-message-unsupported="Unsupported">
                  <input type="hidden" name="passkeyResponse"><input type="hidden" name="passkeyError">
                  %s
                  <div id="passkey-message" class="passkey-message" role="alert" hidden><span id="passkey-message-text"></span></div>
                  <button type="submit" id="passkey-start" disabled>Passkey</button>
                  <button type="submit" id="passkey-cancel" name="cancel-aia" value="true" formnovalidate>Cancel</button>
                  <p id="passkey-status" class="passkey-status" role="status"></p>
                </form>
                <script type="module" src="/resources/js/passkey-%s.js"></script>
                """.formatted(
                        action,
                        ceremony,
                        options,
                        mediation,
                        lifespan,
                        field,
                        ceremony.equals("registration") ? "register" : "authenticate");
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
