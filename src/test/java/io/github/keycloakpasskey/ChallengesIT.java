package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.AtOnce;
import io.github.keycloakpasskey.testbed.Await;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A challenge is valid for one post of the page that it was created for, and only until the policy's timeout. */
@BrowserTest
class ChallengesIT {

    private static final String TIMEOUT = "webAuthnPolicyPasswordlessCreateTimeout";
    private static final int SHORTEST_TIMEOUT = 10;

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    /** The authenticator has no counter, so the counter cannot tell the two posts apart. */
    @RepeatedTest(5)
    @Shows(Threat.REPLAY)
    void onlyOneOfTwoSimultaneousPostsOfAPageSignsIn(TestRealm realm) throws Exception {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        String answer = authenticator
                .authenticate(page.options(), realm.origin())
                .signCount(0)
                .json();
        WebClient again = client.again();

        List<Page> answers =
                AtOnce.send(List.of(() -> client.submitPasskey(page, answer), () -> again.submitPasskey(page, answer)));

        assertThat(answers).allSatisfy(next -> assertThat(next.status()).isLessThan(500));
        // Keycloak can also send a browser that is already signed in back to the app, without checking a passkey.
        assertThat(realm.passkeySignInsSoFar()).hasSize(1);
    }

    @Test
    @Shows(Threat.REPLAY)
    void aLateResponseIsRefusedAndTheNextPageWorks(TestRealm realm) {
        realm.change(Map.of(TIMEOUT, SHORTEST_TIMEOUT));
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String answer = authenticator.register(page.options(), realm.origin()).json();
        Instant expired = Instant.now().plusSeconds(SHORTEST_TIMEOUT);
        Await.until("the end of the challenge", () -> Instant.now().isAfter(expired));

        Page next = client.submitPasskey(page, answer);

        RefusedCeremoniesIT.assertShownAgain(page, next);
        assertThat(next.error()).contains("open too long");
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", "challenge-expired");
        assertThat(realm.passkeys(person)).isEmpty();
        String inTime = authenticator.register(next.options(), realm.origin()).json();
        assertThat(client.submitPasskey(next, inTime).isBackAtApp()).isTrue();
    }

    @Test
    @Shows(Threat.REPLAY)
    void aResponseForOneTabIsRefusedInAnother(TestRealm realm) {
        realm.newClient().register(realm.newPerson(), authenticator);
        WebClient client = realm.newClient();
        Page first = client.openSignIn();
        Page second = client.openSignIn();
        String answer =
                authenticator.authenticate(first.options(), realm.origin()).json();

        Page next = client.submitPasskey(second, answer);

        assertThat(next.isBackAtApp()).isFalse();
        realm.awaitRefusal("LOGIN_ERROR", "challenge-mismatch");
        assertThat(client.signIn(first, authenticator).isBackAtApp()).isTrue();
    }

    @Test
    void anOpenPageRenewsItsChallengeBeforeItExpires(TestRealm realm, TestBrowser browser) {
        realm.change(Map.of(TIMEOUT, SHORTEST_TIMEOUT));
        Person person = realm.newPerson();
        var page = browser.page();
        browser.openSignIn(realm, Map.of("kc_action", "passkey-register"));
        browser.signInWithPassword(person);
        browser.authenticator().answering(true);
        page.click("#passkey-start");
        browser.awaitBackAtApp(realm);
        browser.authenticator().answering(false);

        browser.openSignIn(realm, Map.of("prompt", "login"));
        page.fill("#password", "half a passw");
        String first = page.getAttribute("#passkey-form", "data-options");
        String tab = tabOf(page);
        Await.until("two new challenges", () -> !page.getAttribute("#passkey-form", "data-options")
                .equals(first));
        String second = page.getAttribute("#passkey-form", "data-options");
        Await.until("two new challenges", () -> !page.getAttribute("#passkey-form", "data-options")
                .equals(second));

        assertThat(tabOf(page)).isEqualTo(tab);
        assertThat(page.locator("#password")).hasValue("half a passw");
        assertThat(page.locator("#passkey-start")).isEnabled();
        browser.authenticator().answering(true);
        page.click("#passkey-start");
        browser.awaitBackAtApp(realm);
        realm.assertNone("LOGIN_ERROR");
    }

    /** Keycloak shows the message once, so the open page has to show it. */
    @Test
    void anOpenRegistrationPageSaysThatTheLoginEndedAndLeadsToTheSignIn(TestRealm realm, TestBrowser browser) {
        realm.change(Map.of(TIMEOUT, SHORTEST_TIMEOUT));
        Person person = realm.newPerson();
        var page = browser.page();
        browser.openSignIn(realm, Map.of("kc_action", "passkey-register"));
        browser.signInWithPassword(person);
        page.waitForSelector("#passkeyLabel");
        String options = page.getAttribute("#passkey-form", "data-options");

        realm.admin().put("/users/" + person.id(), Map.of("enabled", false));

        assertThat(page.locator("#passkey-message"))
                .containsText("Please sign in again", new ContainsTextOptions().setTimeout(15_000));
        assertThat(page.getAttribute("#passkey-form", "data-options")).isEqualTo(options);
        browser.authenticator().answering(true);
        page.click("#passkey-start");
        assertThat(page.locator("#password")).isVisible();
        assertThat(browser.authenticator().credentials()).isEmpty();
    }

    private static String tabOf(com.microsoft.playwright.Page page) {
        return page.getAttribute("#passkey-form", "action").replaceAll(".*tab_id=([^&]*).*", "$1");
    }
}
