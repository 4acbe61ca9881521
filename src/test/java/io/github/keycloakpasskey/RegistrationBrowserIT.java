package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a user sees when creating a passkey in a browser, including failures. */
@BrowserTest
class RegistrationBrowserIT {

    private static final Map<String, String> ASKING_FOR_A_PASSKEY = Map.of("kc_action", "passkey-register");
    private static final Map<String, String> ASKING_UNLESS_THERE_IS_ONE =
            Map.of("kc_action", "passkey-register:skip_if_exists");

    private static final String NO_WEBAUTHN = "delete window.PublicKeyCredential";

    @Test
    void aSecondPasskeyOnOneAuthenticatorIsRefusedAndExplained(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        Page page = browser.page();
        register(realm, browser, person);

        browser.openSignIn(realm, ASKING_FOR_A_PASSKEY);
        assertThat(page.locator("#passkey-form")).containsText("Passkeys you already have:");
        assertThat(page.locator("#passkey-form")).containsText("Passkey");
        page.click("#passkey-start");

        assertThat(page.locator("body")).containsText("already holds a passkey of your account");
        assertThat(page.locator("#passkey-start")).isEnabled();
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", "client-already-registered");
        assertThat(realm.passkeys(person)).hasSize(1);
        assertThat(browser.authenticator().credentials()).hasSize(1);
    }

    @Test
    void aUserWhoseOnlyDeviceHasAPasskeyLeavesTheRequiredAction(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        Page page = browser.page();
        register(realm, browser, person);
        realm.require(person, "passkey-register");

        browser.openSignIn(realm, Map.of());
        page.click("#passkey-start");
        assertThat(page.locator("body")).containsText("already holds a passkey of your account");
        browser.screenshot("required-passkey");
        page.click("#passkey-later");

        browser.awaitBackAtApp(realm);
        assertThat(realm.passkeys(person)).hasSize(1);
        realm.awaitEvent("CUSTOM_REQUIRED_ACTION_ERROR", person);
        browser.openSignIn(realm, Map.of());
        assertThat(page.locator("#passkey-later")).isVisible();
    }

    @Test
    @Shows(steps = "§7.1 step 2, no answer")
    void aUserCanTryAgainAfterACancelledRegistration(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        Page page = browser.page();
        browser.openSignIn(realm, ASKING_FOR_A_PASSKEY);
        browser.signInWithPassword(person);
        browser.authenticator().answering(true);
        browser.authenticator().verifyingUser(false);

        page.fill("#passkeyLabel", "Second try");
        page.click("#passkey-start");
        assertThat(page.locator("#passkey-message")).containsText("You can try again");
        assertThat(page.locator("#passkey-start")).isEnabled();
        assertThat(page.locator("#passkeyLabel")).hasValue("Second try");
        assertThat(realm.passkeys(person)).isEmpty();

        browser.authenticator().verifyingUser(true);
        page.click("#passkey-start");
        assertThat(browser.awaitBackAtApp(realm)).contains("kc_action_status=success");
        assertThat(realm.passkeys(person)).singleElement().satisfies(passkey -> assertThat(passkey.label())
                .isEqualTo("Second try"));
    }

    @Test
    @Shows(steps = "§7.2 step 2, no answer")
    void aUserCanEnterThePasswordAfterACancelledPasskeySignIn(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        Page page = browser.page();
        register(realm, browser, person);
        browser.authenticator().answering(false);
        browser.authenticator().verifyingUser(false);
        browser.openSignIn(realm, Map.of("prompt", "login"));
        assertThat(page.locator("#passkey-start")).isEnabled();

        browser.authenticator().answering(true);
        page.click("#passkey-start");
        assertThat(page.locator("#passkey-message")).containsText("You can try again");
        assertThat(page.locator("#passkey-start")).isEnabled();
        page.fill("#password", person.password());
        page.click("#kc-login");

        browser.awaitBackAtApp(realm);
        realm.assertNone("LOGIN_ERROR");
    }

    @Test
    void cancellingTheRegistrationReturnsToTheApp(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.openSignIn(realm, ASKING_FOR_A_PASSKEY);
        browser.signInWithPassword(person);

        browser.page().click("#passkey-cancel");

        assertThat(browser.awaitBackAtApp(realm))
                .contains("kc_action_status=cancelled")
                .contains("code=");
        assertThat(realm.passkeys(person)).isEmpty();
    }

    @Test
    void anAppCanAskOnlyUsersWithoutAPasskeyToCreateOne(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.openSignIn(realm, ASKING_UNLESS_THERE_IS_ONE);
        browser.signInWithPassword(person);
        browser.authenticator().answering(true);
        browser.page().click("#passkey-start");
        assertThat(browser.awaitBackAtApp(realm)).contains("kc_action_status=success");

        browser.openSignIn(realm, ASKING_UNLESS_THERE_IS_ONE);

        assertThat(browser.awaitBackAtApp(realm)).contains("kc_action_status=success");
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    void aUserWhoMustCreateAPasskeyCanOnlyLeaveToSignInAsSomeoneElse(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        realm.require(person, "passkey-register");
        Page page = browser.page();
        browser.openSignIn(realm, Map.of());
        browser.signInWithPassword(person);

        assertThat(page.locator("#passkey-start")).isEnabled();
        assertThat(page.locator("#passkey-cancel")).hasCount(0);
        page.click("text=Sign in as someone else");
        browser.signInWithPassword(person);
        browser.authenticator().answering(true);
        page.click("#passkey-start");

        browser.awaitBackAtApp(realm);
        assertThat(realm.passkeys(person)).hasSize(1);
        assertThat(realm.admin().get("/users/" + person.id()).path("requiredActions"))
                .isEmpty();
    }

    @Test
    void aBrowserWithoutWebAuthnOffersThePasswordAloneAndExplainsWhereNoPasskeyCanBeCreated(
            TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        Page page = browser.page();
        page.addInitScript(NO_WEBAUTHN);
        browser.openSignIn(realm, ASKING_FOR_A_PASSKEY);

        assertThat(page.locator("#passkey-start")).isHidden();
        assertThat(page.locator(".passkey-divider")).isHidden();
        assertThat(page.locator("#passkey-message")).isHidden();
        browser.signInWithPassword(person);

        assertThat(page.locator("#passkey-message")).containsText("open this page in another browser");
        assertThat(page.locator("#passkey-start")).isHidden();
        page.click("#passkey-cancel");
        assertThat(browser.awaitBackAtApp(realm)).contains("kc_action_status=cancelled");
    }

    @Test
    void thePasskeyPageSignsInByAutofillAndByButton(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        Page page = browser.page();
        register(realm, browser, person);
        browser.authenticator().answering(false);
        page.context().clearCookies();
        realm.signInWith(Step.required("passkey-authenticator"));

        browser.authenticator().answering(true);
        browser.openSignIn(realm, Map.of());
        browser.awaitBackAtApp(realm);

        browser.authenticator().answering(false);
        page.context().clearCookies();
        browser.openSignIn(realm, Map.of());
        assertThat(page.locator("#password")).hasCount(0);
        assertThat(page.locator("#username")).hasAttribute("autocomplete", "username webauthn");
        assertThat(page.locator("#passkey-start")).isEnabled();
        browser.authenticator().answering(true);
        page.click("#passkey-start");
        browser.awaitBackAtApp(realm);
        assertThat(browser.authenticator().asserted()).hasSize(2);
    }

    @Test
    void rememberMeAppliesToAPasskeySignInInTheBrowser(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        Page page = browser.page();
        register(realm, browser, person);
        browser.authenticator().answering(false);
        page.context().clearCookies();
        browser.openSignIn(realm, Map.of());
        assertThat(page.locator("#passkey-start")).isEnabled();

        page.check("#rememberMe");
        browser.authenticator().answering(true);
        page.click("#passkey-start");

        browser.awaitBackAtApp(realm);
        realm.awaitEvent(
                "LOGIN",
                event -> event.path("details").path("remember_me").asText().equals("true"));
    }

    private static void register(TestRealm realm, TestBrowser browser, Person person) {
        browser.openSignIn(realm, ASKING_FOR_A_PASSKEY);
        browser.signInWithPassword(person);
        browser.authenticator().answering(true);
        browser.page().click("#passkey-start");
        assertThat(browser.awaitBackAtApp(realm)).contains("kc_action_status=success");
    }
}
