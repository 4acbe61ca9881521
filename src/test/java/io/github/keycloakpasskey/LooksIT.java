package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.keycloakpasskey.testbed.Accessibility;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.IdentityProvider;
import io.github.keycloakpasskey.testbed.Mailbox;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages in Keycloak's login themes: light, dark, on a phone, and on a narrow screen with large letters. Each state of
 * a page is checked by the rules of axe-core. The tests write screenshots to {@code target/screenshots} for review.
 */
@BrowserTest
class LooksIT {

    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;
    private static final int NARROW = 320;

    /** The longest text that an administrator can give the button. */
    private static final String LONG_TEXT = "Sign in with the passkey of your EmployeeIdentificationCard.";

    /** What our templates add to a page, and reaches beyond the window. */
    private static final String TOO_WIDE = """
            [...document.querySelectorAll("#passkey-form *, #kc-form-login *, #passkey-full *, #passkey-replace *, .passkey-alert *")]
              .filter((element) => element.getClientRects().length > 0)
              .filter((element) => {
                const { left, right } = element.getBoundingClientRect();
                return left < -1 || right > document.documentElement.clientWidth + 1;
              })
              .map((element) => element.outerHTML)
            """;

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void thePasswordAndPasskeyPageFitsDesktopAndPhone(String theme, TestRealm realm, TestBrowser browser) {
        realm.change(Map.of("loginTheme", theme));
        int widest = widthOfKeycloaksOwnPage(realm, browser);
        realm.change(Map.of("browserFlow", "passkey browser"));
        browser.openSignIn(realm, Map.of());
        assertLooksRight(browser, theme + "-sign-in", widest);

        browser.signInWithPassword(new Person("", "nobody", "wrong"));
        assertFocusIsDescribedBy(browser, "Invalid username or password.");
        takePictures(browser, theme + "-wrong-password", widest);
        postUnreadable(browser);
        assertFocusIsDescribedBy(browser, "could not read");
        takePictures(browser, theme + "-refused", widest);
        browser.cancelPasskey();
        takePictures(browser, theme + "-cancelled", widest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void thePasskeyPageFitsDesktopAndPhone(String theme, TestRealm realm, TestBrowser browser) {
        realm.change(Map.of("loginTheme", theme));
        int widest = widthOfKeycloaksOwnPage(realm, browser);
        realm.signInWith(Step.required("passkey-authenticator"));
        browser.openSignIn(realm, Map.of());
        assertLooksRight(browser, theme + "-passkey-alone", widest);
        postUnreadable(browser);
        assertFocusIsDescribedBy(browser, "could not read");
        takePictures(browser, theme + "-passkey-alone-refused", widest);

        realm.signInWith(Step.required("passkey-authenticator").with(Map.of("button-text", LONG_TEXT)));
        browser.openSignIn(realm, Map.of());
        assertLooksRight(browser, theme + "-long-text", widest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void thePageThatCreatesAPasskeyFitsDesktopAndPhone(String theme, TestRealm realm, TestBrowser browser) {
        realm.change(Map.of("loginTheme", theme));
        Person person = realm.newPerson();
        browser.openSignIn(realm, Map.of("kc_action", "passkey-register"));
        browser.signInWithPassword(person);
        assertLooksRight(browser, theme + "-register", PHONE);
        postUnreadable(browser);
        assertFocusIsDescribedBy(browser, "could not read");
        takePictures(browser, theme + "-register-refused", PHONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void thePagesFitALanguageFromRightToLeftThatHasNotTheirTexts(String theme, TestRealm realm, TestBrowser browser) {
        realm.change(Map.of(
                "loginTheme",
                theme,
                "internationalizationEnabled",
                true,
                "supportedLocales",
                List.of("ar", "en"),
                "defaultLocale",
                "ar"));
        Person person = realm.newPerson();
        browser.openSignIn(realm, Map.of("kc_action", "passkey-register", "ui_locales", "ar"));
        assertThat(browser.page().locator("html")).hasAttribute("dir", "rtl");
        assertThat(browser.page().locator("#passkey-start [lang=en]")).hasAttribute("dir", "ltr");
        assertThat(browser.page().locator("#kc-login [lang]")).hasCount(0);
        assertLooksRight(browser, theme + "-right-to-left", DESKTOP);
        browser.signInWithPassword(person);
        assertThat(browser.page().locator("#kc-page-title [lang=en]")).hasText("Create a passkey");
        assertLooksRight(browser, theme + "-register-right-to-left", DESKTOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void thePasskeyPageAfterTheUsernameFitsDesktopAndPhone(String theme, TestRealm realm, TestBrowser browser) {
        realm.change(Map.of("loginTheme", theme));
        String name = realm.newPerson().username();
        int widest = widthOfKeycloaksPageAfterTheName(realm, browser, name);
        realm.signInWith(Step.required("passkey-username-form"), Step.required("passkey-authenticator"));

        typeName(realm, browser, name);

        assertThat(browser.page().locator("#kc-attempted-username")).isVisible();
        assertLooksRight(browser, theme + "-after-user-name", widest);
    }

    /** On a phone, the theme {@code keycloak.v2} is wider than the screen when it shows the username. */
    private static int widthOfKeycloaksPageAfterTheName(TestRealm realm, TestBrowser browser, String name) {
        realm.signInWith(Step.required("auth-username-form"), Step.required("auth-password-form"));
        typeName(realm, browser, name);
        browser.look(ColorScheme.LIGHT, PHONE);
        assertThat(browser.page().locator("#password")).isVisible();
        return Math.max(PHONE, width(browser.page()));
    }

    private static void typeName(TestRealm realm, TestBrowser browser, String name) {
        browser.openSignIn(realm, Map.of());
        browser.page().fill("#username", name);
        browser.page().click("#kc-login");
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void thePasswordAndPasskeyPageAfterTheUsernameFitsDesktopAndPhone(
            String theme, TestRealm realm, TestBrowser browser) {
        realm.change(Map.of("loginTheme", theme));
        String name = realm.newPerson().username();
        int widest = widthOfKeycloaksPageAfterTheName(realm, browser, name);
        realm.signInWith(Step.required("passkey-username-form"), Step.required("passkey-username-password-form"));
        typeName(realm, browser, name);
        assertThat(browser.page().locator("#password")).isVisible();
        assertLooksRight(browser, theme + "-identity-first", widest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void theReauthenticationPageWithoutAPasskeyFitsDesktopAndPhone(String theme, TestRealm realm, TestBrowser browser) {
        realm.change(Map.of("loginTheme", theme));
        IdentityProvider provider = IdentityProvider.of(realm);
        Step cookie = Step.alternative("auth-cookie");
        realm.signInWith(cookie, Step.alternative(Step.required("auth-username-password-form")));
        browser.openSignIn(realm, Map.of());
        browser.page().click("#social-" + provider.alias());
        browser.signInWithPassword(provider.person());
        browser.awaitBackAtApp(realm);
        browser.openSignIn(realm, Map.of("prompt", "login"));
        browser.look(ColorScheme.LIGHT, PHONE);
        assertThat(browser.page().locator("#social-" + provider.alias())).isVisible();
        int widest = Math.max(PHONE, width(browser.page()));
        realm.signInWith(cookie, Step.alternative(Step.required("passkey-authenticator")));
        browser.openSignIn(realm, Map.of("prompt", "login"));
        assertThat(browser.page().locator("#social-" + provider.alias())).isVisible();
        takePictures(browser, theme + "-sign-in-again", widest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void theOrganizationPagesFitDesktopAndPhone(String theme, TestRealm realm, TestBrowser browser) {
        realm.change(Map.of("loginTheme", theme, "organizationsEnabled", true));
        realm.newOrganization("acme", "acme.example");
        int widest = widthOfKeycloaksOwnPage(realm, browser);
        realm.signInWith(Step.alternative("passkey-organization"), Step.alternative("passkey-username-password-form"));

        browser.openSignIn(realm, Map.of());

        assertThat(browser.page().locator("#password")).hasCount(0);
        assertLooksRight(browser, theme + "-organization", widest);
        typeName(realm, browser, "nobody@acme.example");
        assertThat(browser.page().locator("body")).containsText("Your email domain matches an organization");
        assertLooksRight(browser, theme + "-organization-unknown", widest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void thePageAtThePasskeyLimitFitsDesktopAndPhone(String theme, TestRealm realm, TestBrowser browser) {
        realm.change(Map.of("loginTheme", theme));
        realm.configure(Map.of("most-passkeys", "1"));
        Person person = realm.newPerson();
        realm.newClient().register(person, new SoftwareAuthenticator());
        browser.openSignIn(realm, Map.of("kc_action", "passkey-register"));
        browser.signInWithPassword(person);
        assertThat(browser.page().locator("#passkey-cancel")).isEnabled();
        takePictures(browser, theme + "-full", PHONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void thePasskeyPageOfASignUpFitsDesktopAndPhone(String theme, TestRealm realm, TestBrowser browser) {
        realm.change(Map.of("loginTheme", theme));
        realm.signUpWith(Step.required("registration-user-creation"), Step.required("registration-passkey-action"));
        Person person = realm.nobodyYet();
        Page page = browser.page();
        browser.openSignIn(realm, Map.of());
        page.click("#kc-registration a");
        assertThat(page.locator("#kc-register-form")).isVisible();
        browser.look(ColorScheme.LIGHT, DESKTOP);
        browser.screenshot(theme + "-sign-up");
        page.fill("#username", person.username());
        page.fill("#email", person.email());
        page.fill("#firstName", "Ada");
        page.fill("#lastName", "Example");
        page.click("[type=submit]");
        assertThat(page.locator("#passkey-only-way-in")).isVisible();
        assertLooksRight(browser, theme + "-sign-up-passkey", PHONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void theRecoveryPagesFitDesktopAndPhone(String theme, TestRealm realm, TestBrowser browser) {
        realm.change(Map.of("loginTheme", theme));
        realm.configure(Map.of("most-passkeys", "2"));
        realm.recoverWith(
                Step.required("passkey-recovery-user"),
                Step.required("passkey-recovery-email"),
                Step.required("reset-passkey"));
        Mailbox mailbox = realm.mailbox();
        Person person = realm.newPerson();
        SoftwareAuthenticator lost = new SoftwareAuthenticator();
        realm.newClient().register(person, lost);
        realm.newClient().register(person, new SoftwareAuthenticator());
        WebClient before = realm.newClient();
        before.signIn(before.openSignIn(), lost);
        Page page = browser.page();
        browser.openSignIn(realm, Map.of());
        page.click("a[href*=reset-credentials]");
        assertThat(page.locator("#passkey-recovery-send")).isVisible();
        takePictures(browser, theme + "-lost-passkey", PHONE);
        page.fill("#username", person.username());
        page.click("#passkey-recovery-send");
        page.navigate(mailbox.awaitLink(person).toString());
        assertThat(page.locator("#passkey-replace-continue")).isEnabled();
        takePictures(browser, theme + "-replace", PHONE);

        page.click("#passkey-replaced-0");
        page.click("#passkey-replace-continue");
        assertThat(page.locator("#passkey-replaced")).isVisible();
        assertLooksRight(browser, theme + "-recovery", PHONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void thePageThatRefusesARecoveryFitsDesktopAndPhone(String theme, TestRealm realm, TestBrowser browser) {
        realm.change(Map.of("loginTheme", theme));
        realm.recoverWith(Step.required("reset-credentials-choose-user"), Step.required("reset-passkey"));
        Page page = browser.page();
        browser.openSignIn(realm, Map.of());
        page.click("a[href*=reset-credentials]");
        page.fill("#username", realm.newPerson().username());
        page.click("[type=submit]");
        assertThat(page.locator("#kc-error-message")).isVisible();
        takePictures(browser, theme + "-recovery-refused", PHONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keycloak.v2", "keycloak"})
    void thePageWithAMessageFitsTheDesktop(String theme, TestRealm realm, TestBrowser browser) {
        realm.change(Map.of("loginTheme", theme));
        realm.signInWith(Step.required("passkey-authenticator"));
        browser.page().addInitScript("delete window.PublicKeyCredential");
        browser.openSignIn(realm, Map.of());
        assertThat(browser.page().locator("#passkey-message")).isVisible();
        browser.look(ColorScheme.LIGHT, DESKTOP);
        browser.screenshot(theme + "-unsupported");
        assertFits(browser.page(), DESKTOP);
    }

    /**
     * On a phone, the theme {@code keycloak} is a few pixels wider than the screen on any page that offers
     * self-registration.
     */
    private static int widthOfKeycloaksOwnPage(TestRealm realm, TestBrowser browser) {
        realm.signInWith(Step.required("auth-username-password-form"));
        browser.openSignIn(realm, Map.of());
        browser.look(ColorScheme.LIGHT, PHONE);
        assertThat(browser.page().locator("#kc-login")).isVisible();
        return Math.max(PHONE, width(browser.page()));
    }

    private static void assertLooksRight(TestBrowser browser, String name, int widest) {
        Page page = browser.page();
        assertThat(page.locator("#passkey-start")).isEnabled();
        assertThat(page.locator("#passkey-start svg")).isVisible();
        assertThat(page.locator("#passkey-message")).isHidden();
        takePictures(browser, name, widest);
    }

    private static void takePictures(TestBrowser browser, String name, int widest) {
        Page page = browser.page();
        browser.look(ColorScheme.LIGHT, DESKTOP);
        browser.screenshot(name + "-light");
        assertFits(page, DESKTOP);
        browser.look(ColorScheme.DARK, DESKTOP);
        browser.screenshot(name + "-dark");
        assertThat(Accessibility.violations(page)).as("dark").isEmpty();
        browser.look(ColorScheme.LIGHT, PHONE);
        browser.screenshot(name + "-phone");
        assertFits(page, widest);
        assertThat(Accessibility.violations(page)).as("light, on a phone").isEmpty();
        browser.look(ColorScheme.LIGHT, NARROW);
        page.evaluate("document.documentElement.style.fontSize = '200%'");
        browser.screenshot(name + "-narrow");
        assertThat((List<?>) page.evaluate(TOO_WIDE)).as("too wide").isEmpty();
        page.evaluate("document.documentElement.style.fontSize = ''");
        assertThat(page.locator("body").innerText())
                .as("texts, not their keys")
                .doesNotContain("passkey-")
                .doesNotContain("requiredAction.");
    }

    /** Has the server refuse what the page posts. */
    private static void postUnreadable(TestBrowser browser) {
        browser.page().evaluate("document.querySelector('[name=passkeyResponse]').value = '{}'");
        browser.page().evaluate("document.forms['passkey-form'].submit()");
        assertThat(browser.page().locator("[role=alert]:visible")).containsText("could not read");
        assertThat(browser.page().locator("#passkey-start")).isEnabled();
    }

    private static void assertFocusIsDescribedBy(TestBrowser browser, String text) {
        assertThat(browser.page().locator(":focus")).hasAccessibleDescription(Pattern.compile(text));
    }

    /** The page does not scroll sideways. */
    private static void assertFits(Page page, int widest) {
        assertThat(width(page)).isLessThanOrEqualTo(widest);
    }

    private static int width(Page page) {
        return (int) page.evaluate("document.documentElement.scrollWidth");
    }
}
