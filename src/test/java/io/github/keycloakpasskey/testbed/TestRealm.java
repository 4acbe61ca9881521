package io.github.keycloakpasskey.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A realm for one test: the one of {@code realm-export.json}, or an {@link Example}. What a test makes or changes here
 * is undone when it ends, and the events are its own.
 */
public final class TestRealm implements AutoCloseable {

    /** The name of the realm of {@code realm-export.json}. */
    static final String NAME = "passkeys";

    /** A public client that exists for the tests. */
    public static final String CLIENT = "test-bed";

    /** What the ids of clients begin with that there are not, see {@link #awaitStored}. */
    private static final String NO_APP = "no-app-";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final URI redirectUri;
    private final String name;
    private final AdminApi admin;
    private final Supplier<Mailbox> mailbox;
    private final Consumer<Runnable> onEachNode;
    private final Deque<Runnable> undo = new ArrayDeque<>();

    TestRealm(URI server, URI redirectUri, Supplier<Mailbox> mailbox) {
        this(server, redirectUri, mailbox, Runnable::run);
    }

    /** @param onEachNode does something once on each node of the server, as each stores its events for itself */
    TestRealm(URI server, URI redirectUri, Supplier<Mailbox> mailbox, Consumer<Runnable> onEachNode) {
        this(server, redirectUri, mailbox, onEachNode, NAME);
    }

    private TestRealm(
            URI server, URI redirectUri, Supplier<Mailbox> mailbox, Consumer<Runnable> onEachNode, String name) {
        this.onEachNode = onEachNode;
        this.server = server;
        this.redirectUri = redirectUri;
        this.mailbox = mailbox;
        this.name = name;
        admin = new AdminApi(server, name);
        admin.delete("/events");
        createTestClient();
    }

    /** A realm made of a realm's file, under a name that no other has and with its events stored. */
    static TestRealm imported(URI server, URI redirectUri, Supplier<Mailbox> mailbox, Path file) {
        return imported(server, redirectUri, mailbox, Runnable::run, (ObjectNode) read(file));
    }

    private static TestRealm imported(
            URI server, URI redirectUri, Supplier<Mailbox> mailbox, Consumer<Runnable> onEachNode, ObjectNode realm) {
        String name = realm.path("realm").asText() + "-" + UUID.randomUUID();
        AdminApi.importRealm(server, realm.deepCopy().put("realm", name).put("eventsEnabled", true));
        TestRealm imported = new TestRealm(server, redirectUri, mailbox, onEachNode, name);
        imported.undo.push(() -> imported.admin.delete(""));
        return imported;
    }

    /** Another realm, made of an {@link Example}, for this test. */
    public TestRealm imported(String example) {
        return imported(example, unchanged -> {});
    }

    /**
     * The same of an {@link Example} in which somebody has changed something. Keycloak takes what is imported as it is,
     * where it would refuse to save the same.
     */
    public TestRealm imported(String example, Consumer<ObjectNode> change) {
        ObjectNode realm = (ObjectNode) read(Example.DIRECTORY.resolve(example + ".json"));
        change.accept(realm);
        TestRealm imported = imported(server, redirectUri, mailbox, onEachNode, realm);
        undo.push(imported::close);
        return imported;
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
    public URI redirectUri() {
        return redirectUri;
    }

    /** The address of one of the realm's pages, such as {@code /account}. */
    public URI page(String path) {
        return server.resolve("/realms/" + name + path);
    }

    /** The address of one of the realm's pages in the admin console, such as {@code /authentication}. */
    URI consolePage(String path) {
        return server.resolve("/admin/master/console/#/" + name + path);
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
        Person person = create(admin, "Ada", moreCredentials);
        undo.push(() -> deleteIfThere(person.username()));
        return person;
    }

    /** Makes a person of this first name, with a password of their own and more credentials. */
    static Person create(AdminApi admin, String firstName, List<Map<String, String>> moreCredentials) {
        Person person = new Person("", newUsername(firstName), UUID.randomUUID().toString());
        List<Map<String, String>> credentials = new ArrayList<>(moreCredentials);
        credentials.add(Map.of("type", "password", "value", person.password()));
        String id = admin.create(
                "/users",
                Map.of(
                        "username",
                        person.username(),
                        "enabled",
                        true,
                        "firstName",
                        firstName,
                        "lastName",
                        "Example",
                        "email",
                        person.email(),
                        "emailVerified",
                        true,
                        "credentials",
                        credentials));
        return new Person(id, person.username(), person.password());
    }

    private static String newUsername(String firstName) {
        return firstName.toLowerCase(Locale.ROOT) + "-"
                + UUID.randomUUID().toString().substring(0, 13);
    }

    /** A name that nobody has yet; whoever takes it is deleted when the test ends. */
    public Person nobodyYet() {
        Person nobody = new Person("", newUsername("Ada"), UUID.randomUUID().toString());
        undo.push(() -> deleteIfThere(nobody.username()));
        return nobody;
    }

    /** The same person with the id that they got by signing up; empty where nobody has the name. */
    public Optional<Person> find(Person person) {
        return stream(admin.get("/users?exact=true&username=" + person.username()))
                .findFirst()
                .map(user -> new Person(user.path("id").asText(), person.username(), person.password()));
    }

    void deleteIfThere(String username) {
        admin.get("/users?exact=true&username=" + username)
                .forEach(user -> admin.delete("/users/" + user.path("id").asText()));
    }

    /** A new person who has nothing to sign in with. */
    public Person newPersonWithoutPassword() {
        Person person = newPerson();
        removePassword(person);
        return person;
    }

    /** Takes the password away from somebody. */
    public void removePassword(Person person) {
        stream(admin.get("/users/" + person.id() + "/credentials"))
                .filter(credential -> credential.path("type").asText().equals("password"))
                .forEach(password -> admin.delete("/users/" + person.id() + "/credentials/"
                        + password.path("id").asText()));
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

    /** Has something undone when this test ends, before what was made earlier. */
    void undo(Runnable step) {
        undo.push(step);
    }

    /** Ends what the person is signed in to. */
    public void endSessions(Person person) {
        admin.post("/users/" + person.id() + "/logout", Map.of());
    }

    /**
     * Asserts how many wrong passwords and the like are counted against the person. Keycloak counts a moment after it has
     * answered: so those that are expected are waited for, and then somebody else's, before which no more may have come.
     */
    public void assertFailuresCounted(Person person, int expected) {
        Await.until("failures of " + person.username() + ": " + expected, () -> failures(person) >= expected);
        Person other = newPerson();
        newClient().statusOfDirectGrant(new Person(other.id(), other.username(), "wrong"));
        Await.until("somebody else's failure to be counted", () -> failures(other) == 1);
        assertThat(failures(person)).as("failures counted").isEqualTo(expected);
    }

    private int failures(Person person) {
        return admin.get("/attack-detection/brute-force/users/" + person.id())
                .path("numFailures")
                .asInt();
    }

    /** Makes a client with an account of its own, for this test; gives its client id. */
    public String newServiceAccount() {
        String clientId = "machine-" + UUID.randomUUID();
        String id = admin.create(
                "/clients", Map.of("clientId", clientId, "serviceAccountsEnabled", true, "standardFlowEnabled", false));
        undo.push(() -> admin.delete("/clients/" + id));
        return clientId;
    }

    /** The id of a flow. */
    String flowId(String alias) {
        return stream(admin.get("/authentication/flows"))
                .filter(flow -> flow.path("alias").asText().equals(alias))
                .map(flow -> flow.path("id").asText())
                .findFirst()
                .orElseThrow();
    }

    /** The steps of a flow, and of its sub-flows, as the admin console lists them. */
    public List<JsonNode> steps(String flow) {
        return stream(admin.get("/authentication/flows/" + flow.replace(" ", "%20") + "/executions"))
                .toList();
    }

    /** The settings of the first step of this kind in the realm's way to sign in, as they are saved now. */
    public JsonNode settingsOf(String authenticator) {
        String id = steps(admin.get("").path("browserFlow").asText()).stream()
                .filter(step -> step.path("providerId").asText().equals(authenticator))
                .map(step -> step.path("authenticationConfig").asText())
                .findFirst()
                .orElseThrow();
        return admin.get("/authentication/config/" + id);
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

    /** Makes a passkey for somebody under this label; gives the label that it was stored with. */
    public String register(Person person, String label) {
        SoftwareAuthenticator another = new SoftwareAuthenticator();
        WebClient client = newClient();
        Page page = client.openRegistration(person);
        String made = another.register(page.options(), origin()).json();
        Page next = client.submit(page, "#passkey-form", Map.of("passkeyResponse", made, "passkeyLabel", label));
        assertThat(next.isBackAtApp()).as(next.toString()).isTrue();
        return passkeys(person).stream()
                .filter(passkey -> passkey.data()
                        .path("credentialId")
                        .asText()
                        .equals(another.newest().id()))
                .findFirst()
                .orElseThrow()
                .label();
    }

    /** All credentials of a person, as the admin API shows them, in their order. */
    public List<JsonNode> credentials(Person person) {
        return stream(admin.get("/users/" + person.id() + "/credentials")).toList();
    }

    /** Returns passkeys to Keycloak's built-in types, as an administrator does, and gives the answer. */
    public JsonNode returnPasskeys(String query) {
        return admin.ask("/passkeys/return" + query);
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

    /** Gives members of the required action {@code passkey-register} other values, such as {@code enabled}, for this test. */
    public void changeRequiredAction(String member, Object value) {
        changeRequiredAction("passkey-register", member, value);
    }

    /** Gives members of a required action other values, for this test. */
    public void changeRequiredAction(String action, String member, Object value) {
        String path = "/authentication/required-actions/" + action;
        JsonNode before = admin.get(path);
        admin.put(path, ((ObjectNode) before.deepCopy()).set(member, JSON.valueToTree(value)));
        undo.push(() -> admin.put(path, before));
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

    /** Has the realm send its e-mails to the test run's mail server, for this test. */
    public Mailbox mailbox() {
        Mailbox opened = mailbox.get();
        change(Map.of("smtpServer", opened.settings()));
        return opened;
    }

    /** Makes these steps the realm's way to sign in, for this test. */
    public void signInWith(Step... steps) {
        change(Map.of("browserFlow", newFlow(steps)));
    }

    /** Makes these steps the way to sign in to the client {@link #CLIENT} alone, for this test. */
    public void signInAtTestClientWith(Step... steps) {
        String flow = flowId(newFlow(steps));
        JsonNode before = testClient();
        String path = "/clients/" + before.path("id").asText();
        ObjectNode after = before.deepCopy();
        after.putObject("authenticationFlowBindingOverrides").put("browser", flow);
        admin.put(path, after);
        undo.push(() -> admin.put(
                path,
                ((ObjectNode) before.deepCopy())
                        .set(
                                "authenticationFlowBindingOverrides",
                                JSON.createObjectNode().put("browser", ""))));
    }

    private JsonNode testClient() {
        return admin.get("/clients?clientId=" + CLIENT).path(0);
    }

    /** Makes these steps the realm's way back in for who lost a credential, for this test. */
    public void recoverWith(Step... steps) {
        change(Map.of("resetCredentialsFlow", newFlow(steps)));
    }

    /** Makes these actions the realm's form to sign up, for this test. */
    public void signUpWith(Step... actions) {
        String flow = newFlow();
        new FlowMaker(admin).addForm(flow, "registration-page-form", List.of(actions));
        change(Map.of("registrationFlow", flow));
    }

    /** Gives the alias of a new flow with these steps. */
    String newFlow(Step... steps) {
        String alias = "flow-" + UUID.randomUUID();
        FlowMaker maker = new FlowMaker(admin);
        String id = maker.make(alias);
        undo.push(() -> admin.delete("/authentication/flows/" + id));
        maker.add(alias, List.of(steps));
        return alias;
    }

    /** All events of this type of what has happened so far: those also that are not stored yet when it is asked. */
    public List<JsonNode> eventsSoFar(String type) {
        awaitStored();
        return events(type);
    }

    /** The logins so far in which a passkey was verified; Keycloak tells of others too. */
    public List<JsonNode> passkeySignInsSoFar() {
        return eventsSoFar("LOGIN").stream()
                .filter(event -> event.path("details").has("user_verified"))
                .toList();
    }

    /** Events of this type that were stored since the test began, oldest first. */
    public List<JsonNode> events(String type) {
        return stream(admin.get("/events?max=100&type=" + type))
                .filter(event -> !event.path("clientId").asText().startsWith(NO_APP))
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

    /** Waits until all that has happened so far is stored, and then begins anew. */
    public void forgetEvents() {
        awaitStored();
        admin.delete("/events");
    }

    /** Waits until all that has happened so far is stored, and then sees that no event of this type is among it. */
    public void assertNone(String type) {
        assertNone(type, event -> true);
    }

    /** The same of those events of this type that fit. */
    public void assertNone(String type, Predicate<JsonNode> fits) {
        assertThat(eventsSoFar(type)).filteredOn(fits).isEmpty();
    }

    /** Has the realm turn away an app that there is not: when that is stored, so is all that came before. */
    private void awaitStored() {
        onEachNode.accept(this::awaitStoredHere);
    }

    private void awaitStoredHere() {
        String app = NO_APP + UUID.randomUUID();
        newClient().open(page("/protocol/openid-connect/auth?client_id=" + app));
        Await.present("the event of " + app, () -> stream(admin.get("/events?type=LOGIN_ERROR&client=" + app))
                .findFirst());
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

    private static JsonNode read(Path file) {
        try {
            return read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
