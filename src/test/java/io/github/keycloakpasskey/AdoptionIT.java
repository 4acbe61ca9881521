package io.github.keycloakpasskey;

import static io.github.keycloakpasskey.testbed.BuiltInPages.REGISTER_PASSKEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.testbed.AtOnce;
import io.github.keycloakpasskey.testbed.BuiltInAccount;
import io.github.keycloakpasskey.testbed.BuiltInPages;
import io.github.keycloakpasskey.testbed.DatabaseKind;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.OnEachDatabase;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.SoftwarePasskey;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How credentials of Keycloak's built-in types become passkeys of this extension, and go back, on databases with real locks. */
@OnEachDatabase({DatabaseKind.POSTGRESQL, DatabaseKind.MARIADB})
@KeycloakTest
class AdoptionIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSKEY = "passkey";
    private static final String BUILT_IN = "webauthn-passwordless";

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    private TestRealm realm;
    private Person person;
    private BuiltInAccount account;

    @BeforeEach
    void aPerson(TestRealm realm) {
        this.realm = realm;
        person = realm.newPerson();
        account = new BuiltInAccount(realm, person, authenticator);
    }

    @Test
    void adoptionKeepsAllThatKeycloakHasStored() {
        SoftwarePasskey used = BuiltInPages.register(realm, person, authenticator, REGISTER_PASSKEY);
        BuiltInPages.register(realm, person, new SoftwareAuthenticator(), REGISTER_PASSKEY);
        List<JsonNode> before = realm.credentials(person);
        JsonNode builtIn = account.credentials(BUILT_IN).get(0);
        JsonNode document = BuiltInAccount.document(builtIn);

        Page end = account.signIn(ceremony -> ceremony.with(used).signCount(9));

        assertThat(end.isBackAtApp()).as(end.toString()).isTrue();
        StoredPasskey adopted = realm.passkeys(person).get(0);
        assertThat(adopted.label()).isEqualTo(builtIn.path("userLabel").asText());
        assertThat(adopted.representation().path("createdDate")).isEqualTo(builtIn.path("createdDate"));
        assertThat(adopted.data().path("credentialId").asText()).isEqualTo(used.id());
        assertThat(adopted.data().path("signCount").asInt()).isEqualTo(9);
        assertThat(adopted.data().path("transports").size())
                .isEqualTo(document.path("transports").size());
        assertThat(adopted.data().path("aaguid")).isEqualTo(document.path("aaguid"));
        assertThat(adopted.data().path("attestationFormat")).isEqualTo(document.path("attestationStatementFormat"));
        assertThat(adopted.data().path("adoptedFrom").asText()).isEqualTo(BUILT_IN);
        assertThat(adopted.data().path("rpId").asText()).isEqualTo(used.rpId());
        assertThat(adopted.data().path("userHandle").asText()).isEqualTo(base64Url(used.userHandle()));
        assertThat(adopted.data().path("backupEligible").asBoolean()).isFalse();
        assertThat(adopted.data().path("lastUsed").asLong()).isPositive();
        assertThat(labels(realm.credentials(person))).isEqualTo(labels(before));
        assertThat(account.credentials(BUILT_IN)).hasSize(1);
    }

    @Test
    void twoSignInsAtOnceAdoptOnce() throws Exception {
        BuiltInPages.register(realm, person, authenticator, REGISTER_PASSKEY);
        WebClient first = realm.newClient();
        WebClient second = realm.newClient();
        Page page = first.openSignIn();
        Page same = second.openSignIn();
        String answer = account.answer(page, ceremony -> ceremony.signCount(0));
        String other = account.answer(same, ceremony -> ceremony.signCount(0));

        List<Page> ends =
                AtOnce.send(List.of(() -> first.submitPasskey(page, answer), () -> second.submitPasskey(same, other)));

        assertThat(ends)
                .allSatisfy(
                        end -> assertThat(end.isBackAtApp()).as(end.toString()).isTrue());
        assertThat(realm.passkeys(person)).hasSize(1);
        assertThat(account.credentials(BUILT_IN)).isEmpty();
    }

    /** Keycloak does not refuse a credential ID that another user has. */
    @Test
    void aCredentialIdOfTwoUsersIsAdoptedForOneAndUsedInPlaceForTheOther() {
        SoftwarePasskey shared = BuiltInPages.register(realm, person, authenticator, REGISTER_PASSKEY);
        Person other = realm.newPerson(List.of(
                row(account.credentials(BUILT_IN).get(0).path("credentialData").asText(), "the same")));

        assertThat(account.signIn(ceremony -> ceremony.with(shared)).isBackAtApp())
                .isTrue();
        Page end = account.signIn(ceremony -> ceremony.with(shared).userHandle(bytes(other.id())));

        assertThat(end.isBackAtApp()).as(end.toString()).isTrue();
        assertThat(realm.passkeys(person)).hasSize(1);
        assertThat(realm.passkeys(other)).isEmpty();
        assertThat(realm.credentials(other))
                .anyMatch(row -> row.path("type").asText().equals(BUILT_IN));
    }

    @Test
    void aPasskeyThatWasCreatedHereGoesToKeycloaksPageWithItsCounter() {
        realm.newClient().register(person, authenticator);
        account.signIn(ceremony -> ceremony.signCount(20));
        StoredPasskey before = realm.passkeys(person).get(0);

        JsonNode answer = realm.returnPasskeys("?username=" + person.username());

        assertThat(answer.path("found").asInt()).isEqualTo(1);
        assertThat(answer.path("changed").asInt()).isEqualTo(1);
        assertThat(answer.path("skippedTotal").asInt()).isZero();
        JsonNode builtIn = account.credentials(BUILT_IN).get(0);
        assertThat(builtIn.path("userLabel").asText()).isEqualTo(before.label());
        assertThat(BuiltInAccount.document(builtIn).path("counter").asInt()).isEqualTo(20);
        realm.signInWith(Step.required("auth-username-form"), Step.required("webauthn-authenticator-passwordless"));
        assertThat(account.signInOnBuiltInPage().isBackAtApp()).isTrue();
        assertThat(BuiltInAccount.document(account.credentials(BUILT_IN).get(0))
                        .path("counter")
                        .asInt())
                .isEqualTo(21);
    }

    @Test
    void aPasskeyThatKeycloakCouldNotUseStaysAndIsListed() throws JsonProcessingException {
        realm.newClient().register(person, authenticator);
        ObjectNode record = (ObjectNode) JSON.readTree(realm.passkeys(person)
                .get(0)
                .representation()
                .path("credentialData")
                .asText());
        record.put("credentialId", base64Url(bytes("another one"))).put("userHandle", base64Url(bytes("a digest")));
        Person other = realm.newPerson(List.of(
                Map.of("type", PASSKEY, "userLabel", "kept", "secretData", "{}", "credentialData", record.toString())));

        JsonNode answer = realm.returnPasskeys("");

        StoredPasskey kept = realm.passkeys(other).get(0);
        assertThat(answer.path("skippedTotal").asInt()).isEqualTo(1);
        assertThat(answer.path("skipped").path(0).path("id").asText()).isEqualTo(kept.rowId());
        assertThat(answer.path("skipped").path(0).path("reason").asText()).isEqualTo("user-handle");
        assertThat(realm.passkeys(person)).isEmpty();
    }

    private static List<String> labels(List<JsonNode> credentials) {
        return credentials.stream()
                .map(credential -> credential.path("userLabel").asText())
                .toList();
    }

    private static Map<String, String> row(String credentialData, String label) {
        return Map.of("type", BUILT_IN, "userLabel", label, "secretData", "{}", "credentialData", credentialData);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
