package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.OnEachDatabase;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A signature counter that did not grow suggests a copy of the key. */
@OnEachDatabase
@BrowserTest
@Shows(Threat.COPIED_KEY)
class SuspectedCloneIT {

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    @ParameterizedTest
    @ValueSource(longs = {7, 5, 0})
    @Shows(steps = "§7.2 step 22, a counter that stands still or goes back")
    void aSuspectedCloneIsRefusedAndRecorded(long count, TestRealm realm) {
        Person person = personWhoseCounterIs(7, realm);

        assertThat(signIn(realm, count).error()).contains("copy of this passkey");

        JsonNode refusal = realm.awaitRefusal("LOGIN_ERROR", "sign-count-not-increased");
        assertThat(refusal.path("details").path("clone_suspected").asText()).isEqualTo("true");
        assertThat(record(realm, person).path("cloneSuspected").asLong()).isPositive();
        assertThat(record(realm, person).path("signCount").asLong()).isEqualTo(7);
    }

    @Test
    void theTimeOfTheFirstSuspicionIsKept(TestRealm realm) {
        Person person = personWhoseCounterIs(7, realm);
        signIn(realm, 7);
        long first = record(realm, person).path("cloneSuspected").asLong();

        signIn(realm, 5);
        assertThat(signIn(realm, 8).isBackAtApp()).isTrue();

        assertThat(record(realm, person).path("cloneSuspected").asLong()).isEqualTo(first);
        assertThat(record(realm, person).path("signCount").asLong()).isEqualTo(8);
    }

    @Test
    void aSuspectedCloneIsAcceptedAndFlaggedWhenTheRealmChoosesSo(TestRealm realm) {
        realm.configure(Map.of("sign-count", "flag"));
        Person person = personWhoseCounterIs(7, realm);

        assertThat(signIn(realm, 3).isBackAtApp()).isTrue();

        JsonNode login =
                realm.awaitEvent("LOGIN", event -> event.path("details").has("clone_suspected"));
        assertThat(login.path("userId").asText()).isEqualTo(person.id());
        assertThat(record(realm, person).path("cloneSuspected").asLong()).isPositive();
        // The counter is not lowered, so that the next sign-in of the other copy is noticed as well.
        assertThat(record(realm, person).path("signCount").asLong()).isEqualTo(7);
    }

    @Test
    void theAccountConsoleWarnsOfASuspectedClone(TestRealm realm, TestBrowser browser) {
        Person person = personWhoseCounterIs(7, realm);
        signIn(realm, 7);
        var page = browser.page();
        page.setViewportSize(1280, 1300);
        page.navigate(realm.page("/account/account-security/signing-in").toString());
        browser.signInWithPassword(person);

        assertThat(page.getByTestId("passkey/credential-list")).isVisible();
        assertThat(page.locator("body")).containsText("There may be a copy of this passkey");
        assertThat(page.locator("body")).containsText("remove this passkey and create a new one");
        assertThat(page.locator("body")).not().containsText("{");
        browser.screenshot("account-console-suspected-clone");
    }

    private Person personWhoseCounterIs(long count, TestRealm realm) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        assertThat(signIn(realm, count).isBackAtApp()).isTrue();
        return person;
    }

    private Page signIn(TestRealm realm, long count) {
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        return client.submitPasskey(
                page,
                authenticator
                        .authenticate(page.options(), realm.origin())
                        .signCount(count)
                        .json());
    }

    private static JsonNode record(TestRealm realm, Person person) {
        return realm.passkeys(person).get(0).data();
    }
}
