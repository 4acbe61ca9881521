package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Another realm of the same server, through which people of a realm may sign in, for one test. */
public final class IdentityProvider {

    private static final String SECRET = UUID.randomUUID().toString();

    private final TestRealm realm;
    private final AdminApi admin;
    private final String alias = "others-" + UUID.randomUUID().toString().substring(0, 8);
    private final Person person;

    private IdentityProvider(TestRealm realm) {
        this.realm = realm;
        AdminApi.importRealm(realm.server(), representation());
        admin = new AdminApi(realm.server(), alias);
        realm.undo(() -> admin.delete(""));
        person = TestRealm.create(admin, "Grace", List.of());
        realm.admin().post("/identity-provider/instances", provider());
        realm.undo(() -> {
            realm.deleteIfThere(person.username());
            realm.admin().delete("/identity-provider/instances/" + alias);
        });
    }

    /** A new one, with one person. */
    public static IdentityProvider of(TestRealm realm) {
        return new IdentityProvider(realm);
    }

    public String alias() {
        return alias;
    }

    /** Who signs in through it. */
    public Person person() {
        return person;
    }

    /** One more who signs in through it. */
    public Person newPerson() {
        Person more = TestRealm.create(admin, "Mallory", List.of());
        realm.undo(() -> realm.deleteIfThere(more.username()));
        return more;
    }

    /** Has its person signed out there, so that it asks them again. */
    public void endSessions() {
        admin.post("/users/" + person.id() + "/logout", Map.of());
    }

    /** What the realm asks for after each sign-in through it; gives the alias of that flow. */
    public String thenAsk(Step... steps) {
        String flow = realm.newFlow(steps);
        ObjectNode provider = (ObjectNode) realm.admin().get("/identity-provider/instances/" + alias);
        realm.admin().put("/identity-provider/instances/" + alias, provider.put("postBrokerLoginFlowAlias", flow));
        realm.undo(() -> realm.admin()
                .put(
                        "/identity-provider/instances/" + alias,
                        ((ObjectNode) realm.admin().get("/identity-provider/instances/" + alias))
                                .put("postBrokerLoginFlowAlias", "")));
        return flow;
    }

    private ObjectNode representation() {
        return new ObjectMapper()
                .valueToTree(Map.of(
                        "realm",
                        alias,
                        "enabled",
                        true,
                        "clients",
                        List.of(Map.of(
                                "clientId",
                                "broker",
                                "secret",
                                SECRET,
                                "redirectUris",
                                List.of(realm.page("/broker/" + alias + "/endpoint")
                                        .toString())))));
    }

    private Map<String, Object> provider() {
        String endpoints = realm.server() + "/realms/" + alias + "/protocol/openid-connect";
        return Map.of(
                "alias",
                alias,
                "providerId",
                "oidc",
                "enabled",
                true,
                "trustEmail",
                true,
                "config",
                Map.of(
                        "clientId",
                        "broker",
                        "clientSecret",
                        SECRET,
                        "clientAuthMethod",
                        "client_secret_post",
                        "authorizationUrl",
                        endpoints + "/auth",
                        "tokenUrl",
                        endpoints + "/token",
                        "userInfoUrl",
                        endpoints + "/userinfo",
                        "defaultScope",
                        "openid profile email",
                        "syncMode",
                        "IMPORT"));
    }
}
