package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the passkey steps work together with the other steps of a flow. */
@KeycloakTest
class StepsOfAFlowIT {

    private static final String PASSWORD = "auth-username-password-form";
    private static final String PASSKEY = "passkey-authenticator";

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aRequiredPasskeyThatCannotBeCreatedRefusesTheLogin(TestRealm realm) {
        realm.signInWith(Step.required(PASSWORD), Step.required(PASSKEY));
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        realm.changeRequiredAction("enabled", false);

        Page page = client.submitPassword(client.openSignIn(), person);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.hasPasskeyForm()).isFalse();
        assertThat(page.error()).contains("No passkey can be created here at present");
        assertThat(realm.awaitRefusal("LOGIN_ERROR", "required-action-disabled")
                        .path("userId")
                        .asText())
                .isEqualTo(person.id());
        realm.assertNone("LOGIN");
    }

    @Test
    void aRealmThatOnlySignsInDoesNotNeedTheRequiredAction(TestRealm realm) {
        realm.signInWith(Step.required(PASSWORD), Step.required(PASSKEY));
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        client.register(person, authenticator);
        realm.changeRequiredAction("enabled", false);
        WebClient another = realm.newClient();

        Page passkey = another.submitPassword(another.openSignIn(), person);

        assertThat(another.signIn(passkey, authenticator).isBackAtApp()).isTrue();
    }

    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void theEventNamesThePasskeysOwnerAndNotAUsernameEnteredBefore(TestRealm realm) {
        Person bob = realm.newPerson();
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        WebClient client = realm.newClient();
        Page wrongPassword = client.submit(
                client.openSignIn(), "#kc-form-login", Map.of("username", bob.username(), "password", "wrong"));
        assertThat(wrongPassword.document().selectFirst("#username").val()).isEqualTo(bob.username());

        Page backAtApp = signIn(realm, client, wrongPassword, Map.of());

        assertThat(backAtApp.isBackAtApp()).isTrue();
        JsonNode details = realm.awaitEvent("LOGIN", event -> passkey(event)).path("details");
        assertThat(details.path("username").asText()).isEqualTo(person.username());
    }

    @Test
    void rememberMeOfThePasswordPageIsKeptByThePasskeyStep(TestRealm realm) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        realm.signInWith(Step.required(PASSWORD), Step.required(PASSKEY));
        WebClient client = realm.newClient();

        Page page = client.submitPassword(client.openSignIn(), person, Map.of("rememberMe", "on"));
        assertThat(signIn(realm, client, page, Map.of()).isBackAtApp()).isTrue();

        assertThat(rememberMe(realm)).isEqualTo("true");
    }

    @Test
    void rememberMePostedWithAPasskeyIsKept(TestRealm realm) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        WebClient client = realm.newClient();

        assertThat(signIn(realm, client, client.openSignIn(), Map.of("rememberMe", "on"))
                        .isBackAtApp())
                .isTrue();

        assertThat(rememberMe(realm)).isEqualTo("true");
    }

    private Page signIn(TestRealm realm, WebClient client, Page page, Map<String, String> more) {
        String answer =
                authenticator.authenticate(page.options(), realm.origin()).json();
        Map<String, String> fields = new HashMap<>(more);
        fields.put("passkeyResponse", answer);
        return client.submit(page, "#passkey-form", fields);
    }

    private static String rememberMe(TestRealm realm) {
        return realm.awaitEvent("LOGIN", StepsOfAFlowIT::passkey)
                .path("details")
                .path("remember_me")
                .asText();
    }

    private static boolean passkey(JsonNode event) {
        return event.path("details").path("credential_type").asText().equals("passkey");
    }
}
