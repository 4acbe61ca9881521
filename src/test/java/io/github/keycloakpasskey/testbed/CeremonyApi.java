package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.testbed.ceremonyapi.CeremonyResourceFactory;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;

/** The REST resource that runs the ceremonies of a realm without a page. */
public final class CeremonyApi {

    private final TestRealm realm;
    private final HttpBrowser http = new HttpBrowser(HttpBrowser.newConnections());

    public CeremonyApi(TestRealm realm) {
        this.realm = realm;
    }

    /**
     * Opens a ceremony.
     *
     * @param ceremony {@code registration} or {@code sign-in}
     * @param user the id of the user; empty for any user
     */
    public JsonNode open(String ceremony, String user) {
        return post(ceremony + "/options", user, Map.of(), "");
    }

    /** Has the response to an opened ceremony judged. */
    public JsonNode judge(String ceremony, JsonNode opened, String user, String response) {
        return post(ceremony, user, Map.of("login", opened.path("login").asText()), response);
    }

    private JsonNode post(String path, String user, Map<String, String> parameters, String body) {
        Map<String, String> query = new LinkedHashMap<>(parameters);
        if (!user.isEmpty()) {
            query.put("user", user);
        }
        return Ceremony.parse(http.send(HttpRequest.newBuilder(realm.page(
                                "/" + CeremonyResourceFactory.ID + "/" + path + "?" + HttpBrowser.encode(query)))
                        .POST(BodyPublishers.ofString(body)))
                .body());
    }
}
