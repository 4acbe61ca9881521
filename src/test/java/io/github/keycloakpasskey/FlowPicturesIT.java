package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Example;
import io.github.keycloakpasskey.testbed.Mailbox;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import org.junit.jupiter.api.Test;

/**
 * The pictures of {@code docs/flows.md}, as the admin console shows the flows. They are left in {@code
 * target/screenshots/flow-*.png}; whoever changes a flow copies its new one to {@code docs/images/flows}.
 */
@BrowserTest
class FlowPicturesIT {

    /** The console's rows are twice as high. */
    private static final String CLOSE_ROWS = "table :is(td, th) { padding-block: 4px !important }";

    @Test
    void passwordAndPasskey(@Example("password-and-passkey") TestRealm realm, TestBrowser browser) {
        takePicture(realm, browser, "browserFlow", "password-and-passkey");
    }

    @Test
    void passwordlessOnly(@Example("passwordless-only") TestRealm realm, TestBrowser browser) {
        takePicture(realm, browser, "browserFlow", "passwordless-only");
    }

    @Test
    void identityFirst(@Example("identity-first") TestRealm realm, TestBrowser browser) {
        takePicture(realm, browser, "browserFlow", "identity-first");
    }

    @Test
    void secondFactorIfAny(@Example("second-factor-if-any") TestRealm realm, TestBrowser browser) {
        takePicture(realm, browser, "browserFlow", "second-factor-if-any");
    }

    @Test
    void secondFactor(@Example("second-factor") TestRealm realm, TestBrowser browser) {
        takePicture(realm, browser, "browserFlow", "second-factor");
    }

    @Test
    void stepUp(@Example("step-up") TestRealm realm, TestBrowser browser) {
        takePicture(realm, browser, "browserFlow", "step-up");
    }

    @Test
    void signUpAndRecovery(@Example("sign-up-without-password") TestRealm realm, TestBrowser browser) {
        takePicture(realm, browser, "registrationFlow", "sign-up");
        browser.forgetSessions();
        takePicture(realm, browser, "resetCredentialsFlow", "recovery");
    }

    @Test
    void organizations(@Example("organizations") TestRealm realm, TestBrowser browser) {
        takePicture(realm, browser, "browserFlow", "organizations");
    }

    @Test
    void aLinkByEmail(@Example("passwordless-only") TestRealm realm, TestBrowser browser) {
        Mailbox mailbox = realm.mailbox();
        Person person = realm.newPerson();
        Page page = browser.page();
        page.setViewportSize(1000, 900);
        browser.openConsole(realm, "/users/" + person.id() + "/credentials");
        page.getByTestId("credentialResetBtn").click();
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        dialog.getByPlaceholder("Select action").click();
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Create a passkey"))
                .click();
        dialog.getByRole(AriaRole.HEADING).click();
        assertThat(dialog.getByTestId("confirm")).isEnabled();
        browser.screenshot(dialog, "flow-execute-actions");
        dialog.getByTestId("confirm").click();

        assertThat(mailbox.awaitLink(person).getPath()).endsWith("/login-actions/action-token");
    }

    /** @param binding the member of the realm that says which flow it is */
    private static void takePicture(TestRealm realm, TestBrowser browser, String binding, String name) {
        String alias = realm.admin().get("").path(binding).asText();
        Page page = browser.page();
        page.setViewportSize(1000, 1200);
        browser.openFlow(realm, alias);
        Locator steps = page.locator("table[aria-label=Flows]");
        assertThat(steps.locator("tbody tr")).hasCount(realm.steps(alias).size());
        page.addStyleTag(new Page.AddStyleTagOptions().setContent(CLOSE_ROWS));
        browser.screenshot(steps, "flow-" + name);
    }
}
