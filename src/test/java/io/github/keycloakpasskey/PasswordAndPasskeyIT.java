package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page that takes a password or a passkey supports what Keycloak's own page supports. */
@BrowserTest
class PasswordAndPasskeyIT {

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    @Test
    void aLoginHintFillsTheUsernameAndAPasskeyOfAnotherUserStillSignsIn(TestRealm realm, TestBrowser browser) {
        Person person = register(realm, browser);
        browser.openSignIn(realm, Map.of("login_hint", "grace"));
        assertThat(browser.page().locator("#username")).hasValue("grace");

        browser.usePasskey();

        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
    }

    @Test
    void rememberMeFillsInTheUsernameAtTheNextSignIn(TestRealm realm, TestBrowser browser) {
        Person person = register(realm, browser);
        browser.openSignIn(realm, Map.of());
        browser.page().check("#rememberMe");
        browser.usePasskey();
        browser.awaitBackAtApp(realm);
        realm.endSessions(person);

        browser.openSignIn(realm, Map.of());

        assertThat(browser.page().locator("#username")).hasValue(person.username());
        assertThat(browser.page().locator("#rememberMe")).isChecked();
    }

    @Test
    void aKnownUserIsAskedForTheirPasskeyOrPassword(TestRealm realm, TestBrowser browser) {
        Person person = register(realm, browser);
        Page page = browser.page();
        browser.openSignIn(realm, Map.of());
        browser.usePasskey();
        browser.awaitBackAtApp(realm);

        browser.openSignIn(realm, Map.of("prompt", "login"));
        assertThat(page.locator("#username")).hasCount(0);
        assertThat(page.locator("#password")).hasAttribute("autocomplete", "current-password webauthn");
        assertThat(page.locator("#kc-attempted-username")).hasValue(person.username());
        browser.usePasskey();
        browser.awaitBackAtApp(realm);

        browser.openSignIn(realm, Map.of("prompt", "login"));
        page.fill("#password", person.password());
        page.click("#kc-login");
        browser.awaitBackAtApp(realm);
    }

    @Test
    void thePageAfterAForgottenPasswordTakesAPasskey(TestRealm realm, TestBrowser browser) {
        Person person = register(realm, browser);
        Page page = browser.page();
        browser.openSignIn(realm, Map.of());
        page.click("text=Forgot Password?");
        page.fill("#username", person.username());
        page.click("[type=submit]");

        assertThat(page.locator("body")).containsText("You should receive an email shortly");
        assertThat(page.locator("#username")).isVisible();
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
    }

    @Test
    @Shows(Threat.LOCK_OUT)
    void cancelledAndRefusedPasskeysAreNotCountedAsWrongPasswords(TestRealm realm) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        WebClient known = realm.newClient();
        known.submitPassword(known.openSignIn(), person);
        var page = known.openSignIn(Map.of("prompt", "login"));
        for (int i = 0; i < 5; i++) {
            page = known.submit(page, "#passkey-form", Map.of("passkeyError", "NotAllowedError"));
            page = known.submitPasskey(
                    page,
                    authenticator
                            .authenticate(page.options(), realm.origin())
                            .signature(bytes -> new byte[bytes.length])
                            .json());
            assertThat(page.hasPasskeyForm()).isTrue();
        }
        realm.assertFailuresCounted(person, 0);

        page = known.submit(page, "#kc-form-login", Map.of("password", "wrong"));

        assertThat(page.error()).isNotBlank();
        realm.assertFailuresCounted(person, 1);
        assertThat(known.signIn(page, authenticator).isBackAtApp()).isTrue();
    }

    /** With Keycloak's built-in passkeys, a few cancelled attempts lock the account. */
    @Test
    @Shows(Threat.LOCK_OUT)
    void cancellingAPasskeyInTheBrowserIsNotCountedAsAFailure(TestRealm realm, TestBrowser browser) {
        Person person = register(realm, browser);
        Page page = browser.page();
        browser.openSignIn(realm, Map.of());
        browser.signInWithPassword(person);
        browser.awaitBackAtApp(realm);
        browser.openSignIn(realm, Map.of("prompt", "login"));
        assertThat(page.locator("#kc-attempted-username")).hasValue(person.username());

        browser.cancelPasskey();
        browser.cancelPasskey();

        realm.assertNone("LOGIN_ERROR");
        realm.assertFailuresCounted(person, 0);
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
    }

    private static Person register(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.register(realm, person);
        return person;
    }
}
