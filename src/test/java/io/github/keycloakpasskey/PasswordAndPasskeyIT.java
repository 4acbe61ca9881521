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

    /** A password manager around the browser's own passkeys: Uint8Array as members, and a toJSON that throws. */
    private static final String PASSWORD_MANAGER = """
            const bytes = (value) => (value instanceof ArrayBuffer ? new Uint8Array(value) : value);
            const copy = (object, names) => {
              const prototype = Object.getPrototypeOf(object);
              const own = names.map((name) => {
                const value = object[name];
                return [name, { value: typeof value === "function" ? () => value.call(object) : bytes(value) }];
              });
              return Object.create(prototype, Object.fromEntries(own));
            };
            const wrapped = (credential) =>
              Object.defineProperty(
                copy(credential, ["id", "rawId", "type", "authenticatorAttachment", "getClientExtensionResults"]),
                "response",
                {
                  value: copy(
                    credential.response,
                    "signature" in credential.response
                      ? ["clientDataJSON", "authenticatorData", "signature", "userHandle"]
                      : ["clientDataJSON", "attestationObject", "getTransports"],
                  ),
                },
              );
            for (const method of ["get", "create"]) {
              const original = navigator.credentials[method].bind(navigator.credentials);
              navigator.credentials[method] = async (options) => {
                if (window.cancelAfter && options.mediation !== "conditional") {
                  await new Promise((resolve) => setTimeout(resolve, window.cancelAfter));
                  throw new DOMException("cancelled", "NotAllowedError");
                }
                return wrapped(await original(options));
              };
            }
            """;

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

    /** Bitwarden handed out such objects until 2025. */
    @Test
    void aPasskeyOfAPasswordManagerSignsInAfterALateCancel(TestRealm realm, TestBrowser browser) {
        Page page = browser.page();
        page.addInitScript(PASSWORD_MANAGER);
        Person person = register(realm, browser);
        assertThat(realm.passkeys(person)).singleElement().satisfies(passkey -> assertThat(
                        passkey.data().path("transports"))
                .hasSize(1));
        browser.openSignIn(realm, Map.of());
        assertThat(page.locator("#passkey-start")).isEnabled();
        page.evaluate("window.cancelAfter = 500");

        page.click("#passkey-start");
        assertThat(page.locator("[role=status]:visible")).hasText("Waiting for your device…");
        browser.screenshot("waiting");
        assertThat(page.locator("#passkey-message")).containsText("You can try again");
        assertThat(page.locator("#passkey-start")).isFocused();

        page.evaluate("window.cancelAfter = null");
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
    }

    private static Person register(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.register(realm, person);
        return person;
    }
}
