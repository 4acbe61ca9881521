package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Example;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The realms of {@code docs/examples}: what their people see on the way to the app, and what gets nobody there. */
@BrowserTest
class ExampleRealmsIT {

    private static final Map<String, String> NOTHING_MORE = Map.of();
    private static final Map<String, String> ASKING_FOR_A_PASSKEY = Map.of("kc_action", "passkey-register");

    private static final Map<String, String> ASKING_FOR_LEVEL_1 = Map.of("acr_values", "1");
    private static final Map<String, String> ASKING_FOR_LEVEL_2 = Map.of("acr_values", "2");
    private static final Map<String, String> INSISTING_ON_LEVEL_2 =
            Map.of("claims", "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"2\"]}}}");

    private static final Map<String, String> ONE_TIME_CODES = Map.of(
            "type",
            "otp",
            "secretData",
            "{\"value\":\"for-a-test-alone\"}",
            "credentialData",
            "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}");

    @Test
    void aPasswordOrAPasskeySignsIn(@Example("password-and-passkey") TestRealm realm, TestBrowser browser) {
        Person person = newPersonWithPasskey(realm, browser);

        browser.openSignIn(realm, NOTHING_MORE);
        assertThat(browser.page().locator("#password")).isVisible();
        usePasskey(browser);

        assertThat(backAtApp(realm, browser)).isEqualTo(person.username());
        realm.awaitEvent("LOGIN", ExampleRealmsIT::usedPasskey);
    }

    @Test
    void aOneTimeCodeIsAskedForAfterAPasswordButNotAfterAPasskey(
            @Example("password-and-passkey") TestRealm realm, TestBrowser browser) {
        Person person = newPersonWithPasskey(realm, browser);
        realm.change(person, user -> user.putArray("credentials").addPOJO(ONE_TIME_CODES));

        browser.openSignIn(realm, NOTHING_MORE);
        browser.signInWithPassword(person);
        assertThat(browser.page().locator("#otp")).isVisible();
        assertThat(realm.events("LOGIN")).hasSize(1);
        signOut(browser);

        browser.openSignIn(realm, NOTHING_MORE);
        usePasskey(browser);
        assertThat(backAtApp(realm, browser)).isEqualTo(person.username());
    }

    @Test
    void afterTheNameComesOnePageForAllThatMayBeUsed(@Example("identity-first") TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.openSignIn(realm, ASKING_FOR_A_PASSKEY);
        typeName(browser, person.username());
        browser.page().fill("#password", person.password());
        browser.page().click("#kc-login");
        usePasskey(browser);
        assertThat(backAtApp(realm, browser)).isEqualTo(person.username());
        signOut(browser);

        browser.openSignIn(realm, NOTHING_MORE);
        typeName(browser, person.username());
        assertThat(browser.page().locator("#password")).isVisible();
        usePasskey(browser);

        assertThat(backAtApp(realm, browser)).isEqualTo(person.username());
        realm.awaitEvent("LOGIN", ExampleRealmsIT::usedPasskey);
    }

    @Test
    void whatFollowsANameTellsNothingOfIt(@Example("identity-first") TestRealm realm, TestBrowser browser) {
        Page page = browser.page();
        for (String name : List.of(realm.newPerson().username(), "nobody")) {
            browser.openSignIn(realm, NOTHING_MORE);

            typeName(browser, name);

            assertThat(page.locator("#kc-attempted-username")).hasText(name);
            assertThat(page.locator("#password")).isVisible();
            assertThat(page.locator("#passkey-start")).isEnabled();
            signOut(browser);
        }
    }

    @Test
    void afterThePasswordComesAPasskey(@Example("second-factor") TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.openSignIn(realm, NOTHING_MORE);
        browser.signInWithPassword(person);
        assertThat(browser.page().locator("#passkey-form")).hasAttribute("data-ceremony", "registration");
        usePasskey(browser);
        assertThat(backAtApp(realm, browser)).isEqualTo(person.username());
        assertThat(realm.passkeys(person)).hasSize(1);
        signOut(browser);

        browser.openSignIn(realm, NOTHING_MORE);
        browser.signInWithPassword(person);
        assertThat(browser.page().locator("#passkey-form")).hasAttribute("data-ceremony", "authentication");
        usePasskey(browser);

        assertThat(backAtApp(realm, browser)).isEqualTo(person.username());
        realm.awaitEvent("LOGIN", ExampleRealmsIT::usedPasskey);
    }

    @Test
    void thePasswordAloneGetsNobodyIn(@Example("second-factor") TestRealm realm, TestBrowser browser) {
        Person person = newPersonWithPasskey(realm, browser);
        Page page = browser.page();

        browser.openSignIn(realm, ASKING_FOR_A_PASSKEY);
        browser.signInWithPassword(person);

        assertThat(page.locator("#passkey-form")).hasAttribute("data-ceremony", "authentication");
        page.navigate(realm.page("/account").toString());
        assertThat(page.locator("#username")).isVisible();
        assertThat(realm.events("LOGIN")).hasSize(1);
    }

    @Test
    void thereIsNoPassword(@Example("passwordless-only") TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();

        browser.openSignIn(realm, NOTHING_MORE);

        assertThat(browser.page().locator("#passkey-start")).isEnabled();
        assertThat(browser.page().locator("input[type=password]")).hasCount(0);
        assertThat(realm.newClient().statusOfDirectGrant(person)).isEqualTo(401);
        realm.awaitEvent("LOGIN_ERROR", event -> event.path("error").asText().equals("access_denied"));
    }

    @Test
    void anAppCanAskForMore(@Example("step-up") TestRealm realm, TestBrowser browser) {
        Person person = newPersonWithPasskey(realm, browser);
        browser.openSignIn(realm, ASKING_FOR_LEVEL_1);
        browser.signInWithPassword(person);
        assertThat(acr(realm, browser)).isEqualTo("1");

        browser.openSignIn(realm, ASKING_FOR_LEVEL_2);
        assertThat(browser.page().locator("#password")).hasCount(0);
        usePasskey(browser);
        assertThat(acr(realm, browser)).isEqualTo("2");

        browser.openSignIn(realm, ASKING_FOR_LEVEL_2);
        assertThat(acr(realm, browser)).as("five minutes have not passed").isEqualTo("2");
    }

    @Test
    void onePasskeyIsEnoughForBothLevels(@Example("step-up") TestRealm realm, TestBrowser browser) {
        newPersonWithPasskey(realm, browser);

        browser.openSignIn(realm, ASKING_FOR_LEVEL_2);
        usePasskey(browser);

        assertThat(acr(realm, browser)).isEqualTo("2");
        assertThat(browser.authenticator().asserted()).hasSize(1);
    }

    @Test
    void aPasswordDoesNotReachTheSecondLevel(@Example("step-up") TestRealm realm, TestBrowser browser) {
        Person withPasskey = newPersonWithPasskey(realm, browser);
        Person without = realm.newPerson();
        Locator ceremony = browser.page().locator("#passkey-form");

        browser.openSignIn(realm, ASKING_FOR_LEVEL_2);
        browser.signInWithPassword(withPasskey);
        assertThat(ceremony).hasAttribute("data-ceremony", "authentication");
        signOut(browser);

        browser.openSignIn(realm, ASKING_FOR_A_PASSKEY);
        browser.signInWithPassword(withPasskey);
        assertThat(ceremony).hasAttribute("data-ceremony", "authentication");
        signOut(browser);

        browser.openSignIn(realm, ASKING_FOR_LEVEL_2);
        browser.signInWithPassword(without);
        assertThat(acr(realm, browser)).isEqualTo("1");

        browser.openSignIn(realm, INSISTING_ON_LEVEL_2);
        assertThat(browser.page().locator("#kc-error-message")).isVisible();
    }

    @Test
    void whoHasAPasskeyUsesItAndAllOthersACode(@Example("second-factor-if-any") TestRealm realm, TestBrowser browser) {
        Person withPasskey = newPersonWithPasskey(realm, browser);
        realm.change(withPasskey, user -> user.putArray("credentials").addPOJO(ONE_TIME_CODES));
        Person withCodes = realm.newPerson(List.of(ONE_TIME_CODES));
        Page page = browser.page();

        browser.openSignIn(realm, NOTHING_MORE);
        browser.signInWithPassword(withCodes);
        assertThat(page.locator("#otp")).isVisible();
        signOut(browser);

        browser.openSignIn(realm, NOTHING_MORE);
        browser.signInWithPassword(withPasskey);
        assertThat(page.locator("#passkey-start")).isEnabled();
        assertThat(page.locator("#try-another-way")).hasCount(0);
        usePasskey(browser);
        assertThat(backAtApp(realm, browser)).isEqualTo(withPasskey.username());
        realm.awaitEvent("LOGIN", ExampleRealmsIT::usedPasskey);
    }

    /** Has a password and a passkey, which the browser's authenticator keeps; nobody is signed in. */
    private static Person newPersonWithPasskey(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.openSignIn(realm, ASKING_FOR_A_PASSKEY);
        browser.signInWithPassword(person);
        usePasskey(browser);
        assertThat(backAtApp(realm, browser)).isEqualTo(person.username());
        signOut(browser);
        return person;
    }

    private static void typeName(TestBrowser browser, String name) {
        browser.page().fill("#username", name);
        browser.page().click("#kc-login");
    }

    private static void usePasskey(TestBrowser browser) {
        assertThat(browser.page().locator("#passkey-start")).isEnabled();
        browser.authenticator().answering(true);
        browser.page().click("#passkey-start");
    }

    /** The user name that the app is told. */
    private static String backAtApp(TestRealm realm, TestBrowser browser) {
        return idToken(realm, browser).path("preferred_username").asText();
    }

    private static String acr(TestRealm realm, TestBrowser browser) {
        return idToken(realm, browser).path("acr").asText();
    }

    private static JsonNode idToken(TestRealm realm, TestBrowser browser) {
        JsonNode claims = browser.awaitIdToken(realm);
        browser.authenticator().answering(false);
        return claims;
    }

    private static void signOut(TestBrowser browser) {
        browser.page().context().clearCookies();
    }

    private static boolean usedPasskey(JsonNode event) {
        return event.path("details").path("credential_type").asText().equals("passkey");
    }
}
