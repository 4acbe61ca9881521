package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A person of a realm and their authenticator, which holds credentials of Keycloak's built-in types. */
public final class BuiltInAccount {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestRealm realm;
    private final Person person;
    private final SoftwareAuthenticator authenticator;

    public BuiltInAccount(TestRealm realm, Person person, SoftwareAuthenticator authenticator) {
        this.realm = realm;
        this.person = person;
        this.authenticator = authenticator;
    }

    /** Signs in on the page of this extension, with a response that is changed. */
    public Page signIn(UnaryOperator<AuthenticationCeremony> change) {
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        return client.submitPasskey(page, answer(page, change));
    }

    /** What the authenticator answers to a page of this extension, changed. */
    public String answer(Page page, UnaryOperator<AuthenticationCeremony> change) {
        return change.apply(authenticator.authenticate(page.options(), realm.origin()))
                .json();
    }

    /** Signs in by the user name and Keycloak's page for a passkey. */
    public Page signInOnBuiltInPage() {
        WebClient client = realm.newClient();
        Page page = client.submit(client.openSignIn(), "#kc-form-login", Map.of("username", person.username()));
        return BuiltInPages.signIn(realm, client, page, authenticator);
    }

    /** The person's credentials of this type, as the admin API shows them. */
    public List<JsonNode> credentials(String type) {
        return realm.credentials(person).stream()
                .filter(credential -> credential.path("type").asText().equals(type))
                .toList();
    }

    /** The JSON document of a credential. */
    public static JsonNode document(JsonNode credential) {
        try {
            return JSON.readTree(credential.path("credentialData").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
