package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Example;
import io.github.keycloakpasskey.testbed.OneTimeCodes;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The realms of {@code docs/examples}: how their users reach the app, and which attempts are refused. */
@BrowserTest
class ExampleRealmsIT {

    private static final Map<String, String> NOTHING_MORE = Map.of();
    private static final Map<String, String> ASKING_FOR_A_PASSKEY = Map.of("kc_action", "passkey-register");

    private static final Map<String, String> ASKING_FOR_LEVEL_1 = Map.of("acr_values", "1");
    private static final Map<String, String> ASKING_FOR_LEVEL_2 = Map.of("acr_values", "2");
    private static final Map<String, String> INSISTING_ON_LEVEL_2 =
            Map.of("claims", "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"2\"]}}}");

    private static final Map<String, String> IN_AN_ORGANIZATION = Map.of("scope", "openid organization");

    private static final Pattern VERIFICATION_REQUIRED = Pattern.compile("\"userVerification\":\"required\"");

    @Test
    void aPasskeySignsInOnThePageThatAlsoTakesAPassword(
            @Example("password-and-passkey") TestRealm realm, TestBrowser browser) {
        Person person = newPersonWithPasskey(realm, browser);

        browser.openSignIn(realm, NOTHING_MORE);
        assertThat(browser.page().locator("#password")).isVisible();
        browser.usePasskey();

        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        realm.awaitEvent("LOGIN", ExampleRealmsIT::usedPasskey);
    }

    @Test
    void aOneTimeCodeIsAskedForAfterAPasswordButNotAfterAPasskey(
            @Example("password-and-passkey") TestRealm realm, TestBrowser browser) {
        Person person = newPersonWithPasskey(realm, browser);
        setUpOneTimeCodes(realm, person);

        browser.openSignIn(realm, NOTHING_MORE);
        browser.signInWithPassword(person);
        assertThat(browser.page().locator("#otp")).isVisible();
        realm.assertNone("LOGIN");
        typeOneTimeCode(browser);
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        browser.forgetSessions();

        browser.openSignIn(realm, NOTHING_MORE);
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
    }

    @Test
    void identityFirstAsksForAOneTimeCodeAfterAPasswordButNotAfterAPasskey(
            @Example("identity-first") TestRealm realm, TestBrowser browser) {
        Person person = newPersonWithPasskeyNameFirst(realm, browser);
        setUpOneTimeCodes(realm, person);

        browser.openSignIn(realm, NOTHING_MORE);
        typeNameThenPassword(browser, person);
        assertThat(browser.page().locator("#otp")).isVisible();
        realm.assertNone("LOGIN");
        typeOneTimeCode(browser);
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        browser.forgetSessions();

        browser.openSignIn(realm, NOTHING_MORE);
        typeName(browser, person.username());
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
    }

    @Test
    void promptLoginAsksASignedInUserForThePasskeyAgain(
            @Example("password-and-passkey") TestRealm realm, TestBrowser browser) {
        Person person = newPersonWithPasskey(realm, browser);
        browser.openSignIn(realm, NOTHING_MORE);
        browser.usePasskey();
        browser.awaitBackAtApp(realm);

        browser.openSignIn(realm, Map.of("prompt", "login"));
        assertThat(browser.page().locator("#kc-attempted-username")).hasValue(person.username());
        browser.usePasskey();

        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        assertThat(browser.authenticator().asserted()).hasSize(2);
    }

    @Test
    void onePageAfterTheUsernameOffersPasskeyAndPassword(
            @Example("identity-first") TestRealm realm, TestBrowser browser) {
        Person person = newPersonWithPasskeyNameFirst(realm, browser);

        browser.openSignIn(realm, NOTHING_MORE);
        typeName(browser, person.username());
        assertThat(browser.page().locator("#password")).isVisible();
        browser.usePasskey();

        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        realm.awaitEvent("LOGIN", ExampleRealmsIT::usedPasskey);
    }

    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void thePageAfterTheUsernameOffersTheSameToKnownAndUnknownUsers(
            @Example("identity-first") TestRealm realm, TestBrowser browser) {
        Page page = browser.page();
        for (String name : List.of(realm.newPerson().username(), "nobody")) {
            browser.openSignIn(realm, NOTHING_MORE);

            typeName(browser, name);

            assertThat(page.locator("#kc-attempted-username")).hasValue(name);
            assertThat(page.locator("#password")).isVisible();
            assertThat(page.locator("#passkey-start")).isEnabled();
            browser.forgetSessions();
        }
    }

    @Test
    void aUserCreatesAPasskeyAfterThePasswordAndIsAskedForItNextTime(
            @Example("second-factor") TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.openSignIn(realm, NOTHING_MORE);
        browser.signInWithPassword(person);
        assertThat(browser.page().locator("#passkey-form")).hasAttribute("data-ceremony", "registration");
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        assertThat(realm.passkeys(person)).hasSize(1);
        browser.forgetSessions();

        browser.openSignIn(realm, NOTHING_MORE);
        browser.signInWithPassword(person);
        assertThat(browser.page().locator("#passkey-form")).hasAttribute("data-ceremony", "authentication");
        browser.usePasskey();

        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        realm.awaitEvent("LOGIN", ExampleRealmsIT::usedPasskey);
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aPasswordAloneDoesNotSignInWithSecondFactor(@Example("second-factor") TestRealm realm, TestBrowser browser) {
        Person person = newPersonWithPasskey(realm, browser);
        Page page = browser.page();

        browser.openSignIn(realm, ASKING_FOR_A_PASSKEY);
        browser.signInWithPassword(person);

        assertThat(page.locator("#passkey-form")).hasAttribute("data-ceremony", "authentication");
        page.navigate(realm.page("/account").toString());
        assertThat(page.locator("#username")).isVisible();
        realm.assertNone("LOGIN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"second-factor", "second-factor-if-any", "step-up"})
    @Shows(Threat.SKIPPED_PASSKEY)
    void aDirectGrantWithAPasswordIsDenied(String example, TestRealm server) {
        TestRealm realm = server.imported(example);

        assertThat(realm.newClient().statusOfDirectGrant(realm.newPerson())).isEqualTo(401);

        realm.awaitEvent("LOGIN_ERROR", event -> event.path("error").asText().equals("access_denied"));
        realm.assertNone("LOGIN");
    }

    @Test
    void aPasskeyRaisesAPasswordSessionToLevelTwo(@Example("step-up") TestRealm realm, TestBrowser browser) {
        Person person = newPersonWithPasskey(realm, browser);
        browser.openSignIn(realm, ASKING_FOR_LEVEL_1);
        browser.signInWithPassword(person);
        assertThat(acr(realm, browser)).isEqualTo("1");

        browser.openSignIn(realm, ASKING_FOR_LEVEL_2);
        assertThat(browser.page().locator("#password")).hasCount(0);
        assertThat(browser.page().locator("#passkey-form")).hasAttribute("data-options", VERIFICATION_REQUIRED);
        browser.usePasskey();
        assertThat(acr(realm, browser)).isEqualTo("2");

        browser.openSignIn(realm, ASKING_FOR_LEVEL_2);
        assertThat(acr(realm, browser)).as("five minutes have not passed").isEqualTo("2");
    }

    @Test
    void onePasskeySignInReachesBothLevels(@Example("step-up") TestRealm realm, TestBrowser browser) {
        newPersonWithPasskey(realm, browser);

        browser.openSignIn(realm, ASKING_FOR_LEVEL_2);
        browser.usePasskey();

        assertThat(acr(realm, browser)).isEqualTo("2");
        assertThat(browser.authenticator().asserted()).hasSize(1);
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aPasswordAloneDoesNotReachLevelTwo(@Example("step-up") TestRealm realm, TestBrowser browser) {
        Person withPasskey = newPersonWithPasskey(realm, browser);
        Person without = realm.newPerson();
        Locator ceremony = browser.page().locator("#passkey-form");

        browser.openSignIn(realm, ASKING_FOR_LEVEL_2);
        browser.signInWithPassword(withPasskey);
        assertThat(ceremony).hasAttribute("data-ceremony", "authentication");
        browser.forgetSessions();

        browser.openSignIn(realm, ASKING_FOR_A_PASSKEY);
        browser.signInWithPassword(withPasskey);
        assertThat(ceremony).hasAttribute("data-ceremony", "authentication");
        browser.forgetSessions();

        browser.openSignIn(realm, ASKING_FOR_LEVEL_2);
        browser.signInWithPassword(without);
        assertThat(acr(realm, browser)).isEqualTo("1");

        browser.openSignIn(realm, INSISTING_ON_LEVEL_2);
        assertThat(browser.page().locator("#kc-error-message")).isVisible();
    }

    @Test
    void usersWithAPasskeyAreAskedForItAndOthersForAOneTimeCode(
            @Example("second-factor-if-any") TestRealm realm, TestBrowser browser) {
        Person withPasskey = newPersonWithPasskey(realm, browser);
        setUpOneTimeCodes(realm, withPasskey);
        Person withCodes = realm.newPerson(List.of(OneTimeCodes.CREDENTIAL));
        Page page = browser.page();

        browser.openSignIn(realm, NOTHING_MORE);
        browser.signInWithPassword(withCodes);
        assertThat(page.locator("#otp")).isVisible();
        typeOneTimeCode(browser);
        assertThat(browser.awaitUsername(realm)).isEqualTo(withCodes.username());
        browser.forgetSessions();

        browser.openSignIn(realm, NOTHING_MORE);
        browser.signInWithPassword(withPasskey);
        assertThat(page.locator("#passkey-start")).isEnabled();
        assertThat(page.locator("#try-another-way")).hasCount(0);
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(withPasskey.username());
        realm.awaitEvent("LOGIN", ExampleRealmsIT::usedPasskey);
    }

    @Test
    void theTokenNamesTheOrganizationAfterAPasskeyOrAPassword(
            @Example("organizations") TestRealm realm, TestBrowser browser) {
        Person member = newPersonWithPasskeyNameFirst(realm, browser);
        String organization =
                realm.admin().get("/organizations").get(0).path("id").asText();
        realm.admin().post("/organizations/" + organization + "/members", member.id());
        Page page = browser.page();

        browser.openSignIn(realm, IN_AN_ORGANIZATION);
        assertThat(page.locator("#password")).hasCount(0);
        browser.usePasskey();
        assertThat(organizations(realm, browser)).contains("example");
        browser.forgetSessions();

        browser.openSignIn(realm, IN_AN_ORGANIZATION);
        typeNameThenPassword(browser, member);
        assertThat(organizations(realm, browser)).contains("example");
    }

    @Test
    void aUserWithoutAnOrganizationSignsInWithoutOne(@Example("organizations") TestRealm realm, TestBrowser browser) {
        newPersonWithPasskeyNameFirst(realm, browser);

        browser.openSignIn(realm, IN_AN_ORGANIZATION);
        browser.usePasskey();

        assertThat(organizations(realm, browser)).isEqualTo("");
    }

    /** A user with a password and a passkey, which the browser's authenticator holds. No user is signed in. */
    private static Person newPersonWithPasskey(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.register(realm, person);
        realm.forgetEvents();
        return person;
    }

    /** The same for a realm that asks for the username on a separate page. */
    private static Person newPersonWithPasskeyNameFirst(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.openSignIn(realm, ASKING_FOR_A_PASSKEY);
        typeNameThenPassword(browser, person);
        browser.usePasskey();
        browser.awaitBackAtApp(realm);
        browser.forgetSessions();
        realm.forgetEvents();
        return person;
    }

    private static void setUpOneTimeCodes(TestRealm realm, Person person) {
        realm.change(person, user -> user.putArray("credentials").addPOJO(OneTimeCodes.CREDENTIAL));
    }

    private static void typeOneTimeCode(TestBrowser browser) {
        browser.page().fill("#otp", OneTimeCodes.current());
        browser.page().click("#kc-login");
    }

    private static void typeNameThenPassword(TestBrowser browser, Person person) {
        typeName(browser, person.username());
        browser.page().fill("#password", person.password());
        browser.page().click("#kc-login");
    }

    private static void typeName(TestBrowser browser, String name) {
        browser.page().fill("#username", name);
        browser.page().click("#kc-login");
    }

    private static String acr(TestRealm realm, TestBrowser browser) {
        return browser.awaitIdToken(realm).path("acr").asText();
    }

    private static String organizations(TestRealm realm, TestBrowser browser) {
        JsonNode claims = browser.awaitIdToken(realm);
        return claims.has("organization") ? claims.path("organization").toString() : "";
    }

    private static boolean usedPasskey(JsonNode event) {
        return event.path("details").path("credential_type").asText().equals("passkey");
    }
}
