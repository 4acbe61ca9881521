package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Keycloak's admin REST API, as its bootstrap administrator. Paths are relative to the realm. */
public final class AdminApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A token of the admin client lives for a minute; a new one is asked for well before. */
    private static final Duration TOKEN_USED_FOR = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final String realm;
    private String token = "";
    private Instant tokenMade = Instant.EPOCH;

    AdminApi(URI server, String realm) {
        this.server = server;
        this.realm = realm;
    }

    /** Creates a realm from what a realm's file says. */
    static void importRealm(URI server, ObjectNode realm) {
        new AdminApi(server, "").post("", realm);
    }

    public JsonNode get(String path) {
        return read(send("GET", path, null));
    }

    /** Creates something and gives the id that Keycloak answered in the Location header. */
    public String create(String path, Object body) {
        String location =
                send("POST", path, body).headers().firstValue("Location").orElse("");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    public void post(String path, Object body) {
        send("POST", path, body);
    }

    /** Posts nothing but the address, and gives the answer. */
    public JsonNode ask(String path) {
        return read(send("POST", path, null));
    }

    public void put(String path, Object body) {
        send("PUT", path, body);
    }

    public void delete(String path) {
        send("DELETE", path, null);
    }

    private HttpResponse<String> send(String method, String path, Object body) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/admin/realms/" + realm + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(write(body)))
                .build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    method + " " + path + " was answered " + response.statusCode() + " " + response.body());
        }
        return response;
    }

    private synchronized String token() {
        if (tokenMade.plus(TOKEN_USED_FOR).isBefore(Instant.now())) {
            tokenMade = Instant.now();
            HttpRequest request = HttpBrowser.form(
                            server.resolve("/realms/master/protocol/openid-connect/token"),
                            Map.of(
                                    "grant_type",
                                    "password",
                                    "client_id",
                                    "admin-cli",
                                    "username",
                                    KeycloakServer.ADMIN,
                                    "password",
                                    KeycloakServer.ADMIN))
                    .timeout(PATIENCE)
                    .build();
            token = read(send(request)).required("access_token").asText();
        }
        return token;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(HttpResponse<String> response) {
        try {
            return response.body().isEmpty() ? NullNode.getInstance() : JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
