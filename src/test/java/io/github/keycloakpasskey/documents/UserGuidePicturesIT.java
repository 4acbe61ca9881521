package io.github.keycloakpasskey.documents;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Mailbox;
import io.github.keycloakpasskey.testbed.PageTexts;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Takes the pictures of {@code docs/user-guide.md} and writes {@code target/screenshots/user-guide-*.png}. When you
 * change a page, check the pictures and copy them to {@code docs/images/user-guide}.
 */
@BrowserTest
class UserGuidePicturesIT {

    private static final int WIDTH = 780;

    /** The account console hides its menu in a narrower window. */
    private static final int WIDTH_OF_ACCOUNT = 1240;

    private static final int HEIGHT_OF_ACCOUNT = 1360;

    /** The text of a page, including the labels of its buttons. */
    private static final String ALL_TEXT = "document.body.innerText"
            + " + [...document.querySelectorAll('input[type=submit]')].map(button => '\\n' + button.value).join('')";

    private final Map<String, String> texts = PageTexts.ofThisExtension();

    private TestRealm realm;
    private TestBrowser browser;
    private Page page;
    private Person person;
    private final StringBuilder seen = new StringBuilder();

    @BeforeEach
    void ada(TestRealm realm, TestBrowser browser) {
        this.realm = realm;
        this.browser = browser;
        page = browser.page();
        realm.change(Map.of("displayName", "Example"));
        person = realm.newPerson();
        realm.register(person, "Phone");
        browser.look(ColorScheme.LIGHT, WIDTH);
    }

    @Test
    void aUserCreatesUsesAndRemovesAPasskeyAsTheGuideShows() {
        browser.openSignIn(realm, Map.of("kc_action", "passkey-register"));
        assertThat(page.locator("#passkey-start")).isEnabled();
        picture("sign-in", "passkey-sign-in");
        browser.signInWithPassword(person);
        page.fill("#passkeyLabel", "Work laptop");
        picture("create", "passkey-register-title", "passkey-register-start");
        browser.usePasskey();
        browser.awaitBackAtApp(realm);
        browser.forgetSessions();

        browser.openSignIn(realm, Map.of());
        browser.cancelPasskey();
        picture("cancelled", "passkey-error-cancelled");
        browser.usePasskey();
        browser.awaitBackAtApp(realm);

        page.setViewportSize(WIDTH_OF_ACCOUNT, HEIGHT_OF_ACCOUNT);
        page.navigate(realm.page("/account/account-security/signing-in").toString());
        Locator passkeys = page.getByTestId("passkey/credential-list");
        assertThat(passkeys).containsText("Work laptop");
        picture(page.locator("body"), "account", "passkey-display-name", "passkey-credential-last-used");
        passkeys.locator("li")
                .filter(new Locator.FilterOptions().setHasText("Phone"))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete"))
                .click();
        assertThat(page.locator("#kc-accept")).isVisible();
        browser.look(ColorScheme.LIGHT, WIDTH);
        picture("remove");
        page.click("#kc-accept");

        assertThat(passkeys).not().containsText("Phone");
        assertThat(realm.passkeys(person)).extracting(StoredPasskey::label).containsExactly("Work laptop");
        assertThat(seen).contains(UserGuide.NAMES_OF_KEYCLOAKS);
    }

    @Test
    void aUserReplacesALostPasskeyAsTheGuideShows() {
        realm.register(person, "Work laptop");
        realm.configure(Map.of("most-passkeys", "2"));
        realm.recoverWith(
                Step.required("passkey-recovery-user"),
                Step.required("passkey-recovery-email"),
                Step.required("reset-passkey"));
        Mailbox mailbox = realm.mailbox();
        browser.openSignIn(realm, Map.of());
        page.click("a[href*=reset-credentials]");
        page.fill("#username", person.username());
        page.click("[type=submit]");
        page.navigate(mailbox.awaitLink(person).toString());
        page.getByText("Phone").click();
        picture("replace", "passkey-replace-title", "passkey-replace-which");

        page.click("#passkey-replace-continue");
        assertThat(page.locator("#passkey-replaced")).containsText("Phone");
        picture("replaced", "passkey-register-replaced", "passkey-replace-another");
    }

    private void picture(String name, String... keys) {
        picture(page.locator(".pf-v5-c-login__main"), name, keys);
    }

    /** @param keys the keys of texts that the picture shows */
    private void picture(Locator part, String name, String... keys) {
        for (String key : keys) {
            assertThat(part).containsText(texts.get(key));
        }
        seen.append(page.evaluate(ALL_TEXT)).append('\n');
        browser.screenshot(part, "user-guide-" + name);
    }
}
