package io.github.keycloakpasskey;

import static io.github.keycloakpasskey.testbed.BuiltInPages.REGISTER_PASSKEY;
import static io.github.keycloakpasskey.testbed.BuiltInPages.REGISTER_SECOND_FACTOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.testbed.BuiltInAccount;
import io.github.keycloakpasskey.testbed.BuiltInPages;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.SoftwarePasskey;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials of Keycloak's built-in types: how they sign in here. {@link AdoptionIT} shows how they move. */
@KeycloakTest
class BuiltInPasskeysIT {

    private static final String BUILT_IN = "webauthn-passwordless";
    private static final String SECOND_FACTOR = "webauthn";

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
    void wherePasskeysAreAPilotTheBuiltInRowStaysAndKeepsItsCounter() {
        BuiltInPages.register(realm, person, authenticator, REGISTER_PASSKEY);
        realm.signInWith(Step.required("auth-username-password-form"));
        realm.signInAtTestClientWith(Step.required("passkey-username-password-form"));

        assertThat(account.signIn(ceremony -> ceremony.signCount(9)).isBackAtApp())
                .isTrue();
        assertThat(BuiltInAccount.document(account.credentials(BUILT_IN).get(0))
                        .path("counter")
                        .asInt())
                .isEqualTo(9);

        assertThat(account.signIn(ceremony -> ceremony.signCount(9)).error()).contains("copy of this passkey");
        realm.awaitRefusal("LOGIN_ERROR", "sign-count-not-increased");
        assertThat(BuiltInAccount.document(account.credentials(BUILT_IN).get(0))
                        .path("counter")
                        .asInt())
                .isEqualTo(9);
        assertThat(realm.passkeys(person)).isEmpty();
    }

    @Test
    void aForgedResponseMovesNothing() {
        SoftwarePasskey builtIn = BuiltInPages.register(realm, person, authenticator, REGISTER_PASSKEY);
        List<JsonNode> before = realm.credentials(person);

        Page end =
                account.signIn(ceremony -> ceremony.with(builtIn).signCount(9).signature(BuiltInPasskeysIT::otherwise));

        assertThat(end.isBackAtApp()).isFalse();
        realm.awaitRefusal("LOGIN_ERROR", "signature-invalid");
        assertThat(realm.credentials(person)).isEqualTo(before);
    }

    @Test
    void aCounterThatDidNotIncreaseMovesNothing() {
        BuiltInPages.register(realm, person, authenticator, REGISTER_PASSKEY);
        account.signIn(ceremony -> ceremony.signCount(9));
        realm.returnPasskeys("?userId=" + person.id());
        List<JsonNode> before = realm.credentials(person);

        assertThat(account.signIn(ceremony -> ceremony.signCount(9)).isBackAtApp())
                .isFalse();

        assertThat(realm.credentials(person)).isEqualTo(before);
    }

    @Test
    void rowsThatCannotBeReadAreLeftAlone() {
        Person broken =
                realm.newPerson(List.of(row("{}", "one"), row("{\"credentialId\":\"AA\",\"counter\":-1}", "two")));
        List<JsonNode> before = realm.credentials(broken);

        WebClient client = realm.newClient();
        assertThat(client.submitPassword(client.openSignIn(), broken).isBackAtApp())
                .isTrue();
        WebClient other = realm.newClient();
        assertThat(other.register(broken, authenticator).id()).isNotEmpty();
        assertThat(account.signIn(ceremony -> ceremony).isBackAtApp()).isTrue();

        assertThat(realm.credentials(broken)).containsAll(before);
    }

    @Test
    void whereAdoptionIsOffABuiltInPasskeyIsUnknown() {
        realm.configure(Map.of("adopt-built-in", "off"));
        SoftwarePasskey builtIn = BuiltInPages.register(realm, person, authenticator, REGISTER_PASSKEY);

        assertThat(account.signIn(ceremony -> ceremony.with(builtIn)).isBackAtApp())
                .isFalse();

        realm.awaitRefusal("LOGIN_ERROR", "credential-unknown");
        assertThat(account.credentials(BUILT_IN)).hasSize(1);
    }

    @Test
    void aBuiltInPasskeyIsExcludedFromARegistrationAndCounted() {
        SoftwarePasskey builtIn = BuiltInPages.register(realm, person, authenticator, REGISTER_PASSKEY);

        Page page = realm.newClient().openRegistration(person);
        assertThat(page.option("excludeCredentials").findValuesAsText("id")).containsExactly(builtIn.id());

        realm.configure(Map.of("most-passkeys", "1"));
        Page full = realm.newClient().openRegistration(person);
        assertThat(full.hasPasskeyForm()).isFalse();
        assertThat(full.text()).contains("as many passkeys as are allowed");
    }

    @Test
    void aBuiltInPasskeyIsOfferedToTheUserWhoseNameWasEntered() {
        SoftwarePasskey builtIn = BuiltInPages.register(realm, person, authenticator, REGISTER_PASSKEY);
        realm.signInWith(Step.required("auth-username-form"), Step.required("passkey-authenticator"));
        WebClient client = realm.newClient();

        Page page = client.submit(client.openSignIn(), "#kc-form-login", Map.of("username", person.username()));
        assertThat(page.option("allowCredentials").findValuesAsText("id")).containsExactly(builtIn.id());
        String answer = authenticator
                .authenticate(page.options(), realm.origin())
                .withoutUserHandle()
                .json();

        assertThat(client.submitPasskey(page, answer).isBackAtApp()).isTrue();
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    void aSecondFactorIsAdoptedOnlyIfItVerifiedItsUser() {
        realm.configure(Map.of("adopt-built-in", "all"));
        realm.change(Map.of("webAuthnPolicyPasswordlessUserVerificationRequirement", "preferred"));
        BuiltInPages.register(realm, person, authenticator, REGISTER_SECOND_FACTOR);

        assertThat(account.signIn(ceremony -> ceremony.clear(Flag.USER_VERIFIED))
                        .isBackAtApp())
                .isTrue();
        assertThat(account.credentials(SECOND_FACTOR)).hasSize(1);
        assertThat(account.signIn(ceremony -> ceremony).isBackAtApp()).isTrue();
        assertThat(account.credentials(SECOND_FACTOR)).isEmpty();
        assertThat(realm.passkeys(person).get(0).data().path("adoptedFrom").asText())
                .isEqualTo(SECOND_FACTOR);
    }

    @Test
    void aSecondFactorOfAnotherRelyingPartyIdIsLeftAlone() {
        realm.configure(Map.of("adopt-built-in", "all"));
        SoftwarePasskey builtIn = BuiltInPages.register(realm, person, authenticator, REGISTER_SECOND_FACTOR);
        realm.change(Map.of("webAuthnPolicyRpId", "other.example"));

        assertThat(account.signIn(ceremony -> ceremony.with(builtIn)).isBackAtApp())
                .isFalse();

        realm.awaitRefusal("LOGIN_ERROR", "credential-unknown");
        assertThat(account.credentials(SECOND_FACTOR)).hasSize(1);
    }

    @Test
    void aDryRunChangesNothing() {
        realm.newClient().register(person, authenticator);
        List<JsonNode> before = realm.credentials(person);

        JsonNode answer = realm.returnPasskeys("?dryRun=true&userId=" + person.id());

        assertThat(answer.path("changed").asInt()).isEqualTo(1);
        assertThat(realm.credentials(person)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dryRun=yes", "dryrun=true", "dryRun=", "userId=", "username="})
    void aMistypedRequestChangesNothing(String parameter) {
        realm.newClient().register(person, authenticator);

        assertThatThrownBy(() -> realm.returnPasskeys("?" + parameter))
                .hasMessageContaining("400")
                .hasMessageContaining("invalid_request");

        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    void anUnknownUserIsAnswered404() {
        assertThatThrownBy(() -> realm.returnPasskeys("?userId=nobody"))
                .hasMessageContaining("404")
                .hasMessageContaining("not_found");
    }

    private static Map<String, String> row(String credentialData, String label) {
        return Map.of("type", BUILT_IN, "userLabel", label, "secretData", "{}", "credentialData", credentialData);
    }

    private static byte[] otherwise(byte[] signature) {
        byte[] changed = signature.clone();
        changed[changed.length - 1] ^= 1;
        return changed;
    }
}
