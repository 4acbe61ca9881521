package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Await;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A page that creates a passkey does not outlive what let its user in. */
@KeycloakTest
@Shows(Threat.LOST_PROOF)
class StandingProofIT {

    private static final String SIGN_IN_AGAIN = "Your sign-in no longer counts";

    private final SoftwareAuthenticator used = new SoftwareAuthenticator();
    private final SoftwareAuthenticator fresh = new SoftwareAuthenticator();

    private TestRealm realm;
    private Person person;

    @BeforeEach
    void aUserWhoMustCreateAPasskey(TestRealm realm) {
        this.realm = realm;
        person = realm.newPerson();
        realm.newClient().register(person, used);
        realm.require(person, "passkey-register");
        realm.forgetEvents();
    }

    /** What ends the proof of a sign-in with a password. */
    private record Ending(String name, Consumer<StandingProofIT> change) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> whatEndsASignInByPassword() {
        return Stream.of(
                        new Ending("a new password", test -> test.resetPassword()),
                        new Ending("all sessions ended", test -> test.realm.endSessions(test.person)))
                .map(Arguments::of);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatEndsASignInByPassword")
    void anOpenPageCreatesNoPasskeyAfter(Ending ending) {
        WebClient client = realm.newClient();
        Page page = client.submitPassword(client.openSignIn(), person);
        assertThat(page.ceremony()).isEqualTo("registration");

        awaitNextSecond();
        ending.change().accept(this);
        Page after = create(client, page);

        assertThat(after.isBackAtApp()).isFalse();
        assertThat(after.hasPasswordForm()).isTrue();
        assertThat(after.text()).contains(SIGN_IN_AGAIN);
        assertThat(realm.passkeys(person)).hasSize(1);
        realm.assertNone("LOGIN");
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", "proof-lost");
    }

    @Test
    void anOpenPageOfADeletedUserSaysThatTheLoginIsOver() {
        WebClient client = realm.newClient();
        Page page = client.submitPassword(client.openSignIn(), person);
        realm.admin().delete("/users/" + person.id());

        Page refused = create(client, page);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("Action expired");

        assertThat(client.reload(page).status()).isEqualTo(400);
    }

    @Test
    void anOpenPageCreatesNoPasskeyAfterThePasskeyOfTheSignInWasDeleted() {
        WebClient client = realm.newClient();
        Page page = client.signIn(client.openSignIn(), used);
        assertThat(page.ceremony()).isEqualTo("registration");
        StoredPasskey stored = realm.passkeys(person).get(0);

        realm.deleteCredential(person, stored);
        Page after = create(client, page);

        assertThat(after.isBackAtApp()).isFalse();
        assertThat(after.text()).contains(SIGN_IN_AGAIN);
        assertThat(realm.passkeys(person)).isEmpty();
        realm.assertNone("LOGIN");
    }

    @Test
    void aReloadOfAnOpenPageLeadsToTheSignInPageAfterThePasskeyOfTheSignInWasDeleted() {
        WebClient client = realm.newClient();
        Page page = client.signIn(client.openSignIn(), used);
        realm.deleteCredential(person, realm.passkeys(person).get(0));

        Page after = client.reload(page);

        assertThat(after.hasPasswordForm()).as(after.toString()).isTrue();
        assertThat(after.text()).contains(SIGN_IN_AGAIN);
    }

    @Test
    void anOpenPageCreatesNoPasskeyForADisabledAccount() {
        WebClient client = realm.newClient();
        Page page = client.submitPassword(client.openSignIn(), person);

        realm.change(person, user -> user.put("enabled", false));
        Page after = create(client, page);

        assertThat(after.isBackAtApp()).isFalse();
        assertThat(after.status()).isLessThan(500);
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    void anOpenPageCreatesNoPasskeyAfterTheActionWasDisabled() {
        WebClient client = realm.newClient();
        Page page = client.submitPassword(client.openSignIn(), person);

        realm.changeRequiredAction("enabled", false);
        Page after = create(client, page);

        assertThat(after.status()).isLessThan(500);
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    void aPasswordThatTheLoginItselfReplacesCounts() {
        realm.change(
                person,
                user -> user.putArray("requiredActions").add("UPDATE_PASSWORD").add("passkey-register"));
        WebClient client = realm.newClient();
        Page page = client.submitPassword(client.openSignIn(), person);

        Page next = client.submit(
                page, "#kc-passwd-update-form", Map.of("password-new", "another", "password-confirm", "another"));

        assertThat(next.ceremony()).isEqualTo("registration");
        assertThat(create(client, next).isBackAtApp()).isTrue();
        assertThat(realm.passkeys(person)).hasSize(2);
    }

    private Page create(WebClient client, Page page) {
        return client.submitPasskey(
                page, fresh.register(page.options(), realm.origin()).json());
    }

    private void resetPassword() {
        realm.admin()
                .put(
                        "/users/" + person.id() + "/reset-password",
                        Map.of("type", "password", "value", "another", "temporary", false));
    }

    /** Keycloak keeps the end of all sessions in seconds, so one in the second of a sign-in is not later. */
    private static void awaitNextSecond() {
        long second = System.currentTimeMillis() / 1000;
        Await.until("the next second", () -> System.currentTimeMillis() / 1000 > second);
    }
}
