package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The realm of {@code realm-export.json}, for one test: what a test makes or changes here is undone when it ends, and
 * the events are its own.
 */
public final class TestRealm implements AutoCloseable {

    public static final String NAME = "passkeys";

    /** A public client that exists for the tests. */
    public static final String CLIENT = "test-bed";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final URI redirectUri;
    private final AdminApi admin;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    TestRealm(URI server, URI redirectUri) {
        this.server = server;
        this.redirectUri = redirectUri;
        admin = new AdminApi(server, NAME);
        admin.delete("/events");
        createTestClient();
    }

    @Override
    public void close() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    public AdminApi admin() {
        return admin;
    }

    /** The origin of the sign-in pages. */
    public String origin() {
        return server.toString();
    }

    public URI server() {
        return server;
    }

    /** Where the test client wants its people sent back to. */
    URI redirectUri() {
        return redirectUri;
    }

    /** The address of one of the realm's pages, such as {@code /account}. */
    public URI page(String path) {
        return server.resolve("/realms/" + NAME + path);
    }

    /** Something like a browser, with no cookies yet. */
    public WebClient newClient() {
        return new WebClient(this);
    }

    /** A new person with a password of their own. */
    public Person newPerson() {
        return newPerson(List.of());
    }

    /** A new person with a password of their own and more credentials, as the admin API takes them. */
    public Person newPerson(List<Map<String, String>> moreCredentials) {
        String username = "ada-" + UUID.randomUUID().toString().substring(0, 13);
        String password = UUID.randomUUID().toString();
        List<Map<String, String>> credentials = new ArrayList<>(moreCredentials);
        credentials.add(Map.of("type", "password", "value", password));
        String id = admin.create(
                "/users",
                Map.of(
                        "username",
                        username,
                        "enabled",
                        true,
                        "firstName",
                        "Ada",
                        "lastName",
                        "Example",
                        "email",
                        username + "@example.org",
                        "emailVerified",
                        true,
                        "credentials",
                        credentials));
        undo.push(() -> deleteIfThere(username));
        return new Person(id, username, password);
    }

    private void deleteIfThere(String username) {
        admin.get("/users?exact=true&username=" + username)
                .forEach(user -> admin.delete("/users/" + user.path("id").asText()));
    }

    /** Changes the representation of a person, as an administrator does. */
    public void change(Person person, Consumer<ObjectNode> change) {
        ObjectNode user = (ObjectNode) admin.get("/users/" + person.id());
        change.accept(user);
        admin.put("/users/" + person.id(), user);
    }

    /** What the person must do at the next sign-in. */
    public void require(Person person, String requiredAction) {
        change(person, user -> user.putArray("requiredActions").add(requiredAction));
    }

    /** The stored passkeys of a person, as the admin API shows them, oldest first. */
    public List<StoredPasskey> passkeys(Person person) {
        List<StoredPasskey> stored = new ArrayList<>();
        for (JsonNode credential : admin.get("/users/" + person.id() + "/credentials")) {
            if (credential.path("type").asText().equals("passkey")) {
                stored.add(new StoredPasskey(
                        credential.path("id").asText(),
                        credential.path("userLabel").asText(),
                        read(credential.path("credentialData").asText("{}")),
                        credential));
            }
        }
        return stored;
    }

    public void deleteCredential(Person person, StoredPasskey passkey) {
        admin.delete("/users/" + person.id() + "/credentials/" + passkey.rowId());
    }

    /** Gives settings of the realm other values for this test. */
    public void change(Map<String, ?> settings) {
        JsonNode before = admin.get("");
        ObjectNode after = before.deepCopy();
        settings.forEach((name, value) -> after.set(name, JSON.valueToTree(value)));
        // All of it, as the admin console does: Keycloak takes the lack of a policy's member for its default.
        admin.put("", after);
        undo.push(() -> admin.put("", before));
    }

    /** Saves these settings of the required action {@code passkey-register}, for this test. */
    public void configure(Map<String, String> settings) {
        String config = "/authentication/required-actions/passkey-register/config";
        admin.put(config, Map.of("config", settings));
        undo.push(() -> admin.delete(config));
    }

    /** The settings of the required action {@code passkey-register} as they are saved now. */
    public JsonNode settings() {
        return admin.get("/authentication/required-actions/passkey-register/config")
                .path("config");
    }

    /** Makes an organization with this e-mail domain, for this test, and these people its members; gives its id. */
    public String newOrganization(String alias, String domain, Person... members) {
        String id = admin.create(
                "/organizations",
                Map.of("name", alias, "alias", alias, "domains", List.of(Map.of("name", domain, "verified", true))));
        undo.push(() -> admin.delete("/organizations/" + id));
        for (Person member : members) {
            admin.post("/organizations/" + id + "/members", member.id());
        }
        return id;
    }

    /** Makes an identity provider, as the admin API takes it, for this test. */
    public void newIdentityProvider(Map<String, ?> representation) {
        admin.post("/identity-provider/instances", representation);
        undo.push(() -> admin.delete("/identity-provider/instances/" + representation.get("alias")));
    }

    /** Makes these steps the realm's way to sign in, for this test. */
    public void signInWith(Step... steps) {
        String alias = "flow-" + UUID.randomUUID();
        String id = new FlowMaker(admin).make(alias, List.of(steps));
        undo.push(() -> admin.delete("/authentication/flows/" + id));
        change(Map.of("browserFlow", alias));
    }

    /** Events of this type that were stored since the test began, oldest first. */
    public List<JsonNode> events(String type) {
        return stream(admin.get("/events?max=100&type=" + type))
                .sorted((one, other) -> Long.compare(
                        one.path("time").asLong(), other.path("time").asLong()))
                .toList();
    }

    /** The event of this type that fits; it is stored a moment after the page was answered. */
    public JsonNode awaitEvent(String type, Predicate<JsonNode> fits) {
        return Await.present(
                "event " + type + " among " + admin.get("/events"),
                () -> events(type).stream().filter(fits).findFirst());
    }

    /** The event of this type and person. */
    public JsonNode awaitEvent(String type, Person person) {
        return awaitEvent(type, event -> event.path("userId").asText().equals(person.id()));
    }

    /** The event that tells why a passkey was refused. */
    public JsonNode awaitRefusal(String type, String reason) {
        return awaitEvent(
                type, event -> event.path("details").path("reason").asText().equals(reason));
    }

    private void createTestClient() {
        Optional<JsonNode> known =
                stream(admin.get("/clients?clientId=" + CLIENT)).findFirst();
        if (known.isEmpty()) {
            admin.create(
                    "/clients",
                    Map.of(
                            "clientId",
                            CLIENT,
                            "publicClient",
                            true,
                            "standardFlowEnabled",
                            true,
                            "redirectUris",
                            List.of(redirectUri.toString()),
                            "attributes",
                            Map.of("pkce.code.challenge.method", "S256")));
        }
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
