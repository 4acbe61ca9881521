package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Example;
import io.github.keycloakpasskey.testbed.Mailbox;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The realms of {@code docs/examples} without passwords: how users sign up, sign in and recover. */
@BrowserTest
class ExampleRealmsWithoutPasswordIT {

    private static final Map<String, String> NOTHING_MORE = Map.of();

    @Test
    void aUserCreatesTheFirstPasskeyByAnAdministratorsLink(
            @Example("passwordless-only") TestRealm realm, TestBrowser browser) {
        Mailbox mailbox = realm.mailbox();
        Person person = realm.newPersonWithoutPassword();
        Page page = browser.page();
        realm.admin().put("/users/" + person.id() + "/execute-actions-email", List.of("passkey-register"));

        page.navigate(mailbox.awaitLink(person).toString());
        page.click("text=Click here to proceed");
        browser.usePasskey();
        assertThat(page.locator("body")).containsText("Your account has been updated");
        realm.assertNone("LOGIN");

        browser.openSignIn(realm, NOTHING_MORE);
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void passwordlessOnlyRefusesPasswords(@Example("passwordless-only") TestRealm realm, TestBrowser browser) {
        assertTakesNoPassword(realm, browser);
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void signUpWithoutPasswordRefusesPasswords(
            @Example("sign-up-without-password") TestRealm realm, TestBrowser browser) {
        assertTakesNoPassword(realm, browser);
    }

    @Test
    void aNewUserSignsUpWithAPasskeyAndCannotSetAPassword(
            @Example("sign-up-without-password") TestRealm realm, TestBrowser browser) {
        Mailbox mailbox = realm.mailbox();
        Person person = realm.nobodyYet();

        signUp(realm, browser, person);
        assertThat(browser.page().locator("#passkey-form")).hasCount(0);
        browser.page().navigate(mailbox.awaitLink(person).toString());
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        assertThat(credentialTypes(realm, person)).containsExactly("passkey");

        browser.openSignIn(realm, Map.of("kc_action", "UPDATE_PASSWORD"));
        assertThat(browser.awaitBackAtApp(realm)).contains("kc_action_status=error");
        assertThat(credentialTypes(realm, person)).containsExactly("passkey");
    }

    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void aNewUserCannotCreateAPasskeyBeforeVerifyingTheEmailAddress(
            @Example("sign-up-without-password") TestRealm realm, TestBrowser browser) {
        realm.mailbox();
        Person person = realm.nobodyYet();

        signUp(realm, browser, person);
        assertThat(browser.page().locator("body")).containsText("verify your email address");
        browser.openSignIn(realm, Map.of("kc_action", "passkey-register"));

        assertThat(browser.page().locator("[data-ceremony=registration]")).hasCount(0);
        assertThat(credentialTypes(realm, person)).isEmpty();
        realm.assertNone("LOGIN");
    }

    @Test
    void recoveryByEmailReplacesALostPasskey(
            @Example("sign-up-without-password") TestRealm realm, TestBrowser browser) {
        Mailbox mailbox = realm.mailbox();
        Person person = realm.nobodyYet();
        Page page = browser.page();
        signUp(realm, browser, person);
        page.navigate(mailbox.awaitLink(person).toString());
        browser.usePasskey();
        browser.awaitBackAtApp(realm);
        Person signedUp = realm.find(person).orElseThrow();
        List<StoredPasskey> lost = realm.passkeys(signedUp);
        browser.forgetSessions();

        browser.openSignIn(realm, NOTHING_MORE);
        page.click("text=Lost your passkey?");
        page.fill("#username", person.username());
        page.click("[type=submit]");
        assertThat(page.locator("body")).containsText("You should receive an email shortly");
        assertThat(realm.passkeys(signedUp)).isEqualTo(lost);
        page.navigate(mailbox.awaitLink(person).toString());
        browser.usePasskey();

        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        assertThat(realm.passkeys(signedUp)).hasSize(1).doesNotContainAnyElementsOf(lost);
    }

    private static void assertTakesNoPassword(TestRealm realm, TestBrowser browser) {
        Person withPassword = realm.newPerson();

        browser.openSignIn(realm, NOTHING_MORE);

        assertThat(browser.page().locator("#passkey-start")).isEnabled();
        assertThat(browser.page().locator("input[type=password]")).hasCount(0);
        assertThat(realm.newClient().statusOfDirectGrant(withPassword)).isEqualTo(401);
        realm.awaitEvent("LOGIN_ERROR", event -> event.path("error").asText().equals("access_denied"));
    }

    private static void signUp(TestRealm realm, TestBrowser browser, Person person) {
        Page page = browser.page();
        browser.openSignIn(realm, NOTHING_MORE);
        page.click("text=Register");
        assertThat(page.locator("#kc-register-form")).isVisible();
        assertThat(page.locator("input[type=password]")).hasCount(0);
        page.fill("#username", person.username());
        page.fill("#email", person.email());
        page.fill("#firstName", "Ada");
        page.fill("#lastName", "Example");
        page.click("[type=submit]");
    }

    private static List<String> credentialTypes(TestRealm realm, Person person) {
        String id = realm.find(person).orElseThrow().id();
        return realm.admin().get("/users/" + id + "/credentials").findValuesAsText("type");
    }
}
