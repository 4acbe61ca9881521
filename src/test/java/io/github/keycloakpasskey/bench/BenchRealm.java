package io.github.keycloakpasskey.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.testbed.AdminApi;
import io.github.keycloakpasskey.testbed.HttpBrowser;
import io.github.keycloakpasskey.testbed.ProductionServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A realm in which people sign in in one way. The realms are alike but for that: Keycloak's defaults, and a flow of the
 * session cookie or the one page.
 */
final class BenchRealm {

    static final String CLIENT = "bench";

    /** Where the app is; nobody goes there, the code is read off the address. */
    static final String APP = "http://127.0.0.1:9/app";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "correct horse battery staple";

    private final ProductionServer server;
    private final Way way;
    private final String name;
    private final AdminApi admin;
    private final List<Account> accounts = new ArrayList<>();

    private BenchRealm(ProductionServer server, Way way, String name, AdminApi admin) {
        this.server = server;
        this.way = way;
        this.name = name;
        this.admin = admin;
    }

    /** Makes the realm and its people, with a passkey each where the realm has them. */
    static BenchRealm make(ProductionServer server, Way way, int people) {
        String name = "bench-" + way.name().toLowerCase(Locale.ROOT).replace('_', '-');
        BenchRealm realm = new BenchRealm(server, way, name, server.importRealm(representation(name, way)));
        HttpClient http = HttpBrowser.newConnections();
        for (int person = 0; person < people; person++) {
            Account account = realm.newAccount();
            if (way.hasPasskeys()) {
                new BrowserSession(http, realm).register(account);
            }
            realm.accounts.add(account);
        }
        return realm;
    }

    private static ObjectNode representation(String name, Way way) {
        ObjectNode realm = JSON.createObjectNode()
                .put("realm", name)
                .put("enabled", true)
                .put("webAuthnPolicyPasswordlessRpEntityName", "Bench")
                .put("webAuthnPolicyPasswordlessAttestationConveyancePreference", "none")
                .put("webAuthnPolicyPasswordlessUserVerificationRequirement", "required")
                .put("webAuthnPolicyPasswordlessRequireResidentKey", "Yes")
                .put("webAuthnPolicyPasswordlessPasskeysEnabled", way == Way.BUILT_IN)
                .put("browserFlow", "bench");
        realm.putArray("webAuthnPolicyPasswordlessSignatureAlgorithms").add("ES256");
        ArrayNode flows = realm.putArray("authenticationFlows");
        ArrayNode steps = flow(flows, "bench", true);
        steps.addObject()
                .put("authenticator", "auth-cookie")
                .put("requirement", "ALTERNATIVE")
                .put("priority", 10);
        steps.addObject()
                .put("flowAlias", "bench forms")
                .put("authenticatorFlow", true)
                .put("requirement", "ALTERNATIVE")
                .put("priority", 20);
        flow(flows, "bench forms", false)
                .addObject()
                .put("authenticator", way.step())
                .put("requirement", "REQUIRED")
                .put("priority", 10);
        if (way.hasPasskeys()) {
            realm.putArray("requiredActions")
                    .addObject()
                    .put("alias", way.registration())
                    .put("name", way.registration())
                    .put("providerId", way.registration())
                    .put("enabled", true)
                    .put("defaultAction", false);
        }
        realm.putArray("clients")
                .addObject()
                .put("clientId", CLIENT)
                .put("publicClient", true)
                .put("standardFlowEnabled", true)
                .putArray("redirectUris")
                .add(APP);
        return realm;
    }

    private static ArrayNode flow(ArrayNode flows, String alias, boolean topLevel) {
        return flows.addObject()
                .put("alias", alias)
                .put("providerId", "basic-flow")
                .put("topLevel", topLevel)
                .put("builtIn", false)
                .putArray("authenticationExecutions");
    }

    /** Somebody new, with a password. */
    Account newAccount() {
        String username = "person-" + UUID.randomUUID();
        ObjectNode user = JSON.createObjectNode()
                .put("username", username)
                .put("enabled", true)
                .put("firstName", "Ada")
                .put("lastName", "Example")
                .put("email", username + "@example.org")
                .put("emailVerified", true);
        user.putArray("credentials").addObject().put("type", "password").put("value", PASSWORD);
        admin.create("/users", user);
        return new Account(username, PASSWORD);
    }

    Way way() {
        return way;
    }

    String name() {
        return name;
    }

    List<Account> accounts() {
        return List.copyOf(accounts);
    }

    AdminApi admin() {
        return admin;
    }

    /** The processor time that the realm's server has used so far. */
    Duration processorTime() {
        return server.processorTime();
    }

    /** The origin of the realm's pages. */
    String origin() {
        return server.baseUrl().toString();
    }

    URI page(String path) {
        return server.baseUrl().resolve("/realms/" + name + path);
    }

    /** Where the app sends a browser. */
    URI authorization(String parameters) {
        return page("/protocol/openid-connect/auth?response_type=code&scope=openid&client_id=" + CLIENT
                + "&redirect_uri=" + APP + parameters);
    }
}
