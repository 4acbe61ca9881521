package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Example;
import io.github.keycloakpasskey.testbed.Mailbox;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Takes the pictures of {@code docs/flows.md} in the admin console. The test writes {@code
 * target/screenshots/flow-*.png}, and beside each picture a text file with the steps. When you change a flow, copy both
 * files to {@code docs/images/flows}. The text file shows whether a picture is out of date.
 */
@BrowserTest
class FlowPicturesIT {

    private static final Path PICTURES = Path.of("docs/images/flows");

    /** The admin console's own rows are twice as high. */
    private static final String CLOSE_ROWS = "table :is(td, th) { padding-block: 4px !important }";

    /** @param binding the member of the realm that binds the flow */
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "password-and-passkey, browserFlow, password-and-passkey",
        "passwordless-only, browserFlow, passwordless-only",
        "identity-first, browserFlow, identity-first",
        "second-factor, browserFlow, second-factor",
        "second-factor-if-any, browserFlow, second-factor-if-any",
        "step-up, browserFlow, step-up",
        "organizations, browserFlow, organizations",
        "sign-up-without-password, registrationFlow, sign-up",
        "sign-up-without-password, resetCredentialsFlow, recovery"
    })
    void theCaptionBesideAPictureListsTheStepsOfItsFlow(
            String example, String binding, String name, TestRealm server, TestBrowser browser) throws IOException {
        TestRealm realm = server.imported(example);
        String alias = realm.admin().get("").path(binding).asText();
        Page page = browser.page();
        page.setViewportSize(1000, 1200);
        browser.openFlow(realm, alias);
        Locator steps = page.locator("table[aria-label=Flows]");
        assertThat(steps.locator("tbody tr")).hasCount(realm.steps(alias).size());
        page.addStyleTag(new Page.AddStyleTagOptions().setContent(CLOSE_ROWS));
        browser.screenshot(steps, "flow-" + name);
        String caption = realm.steps(alias).stream().map(FlowPicturesIT::line).collect(Collectors.joining());
        browser.caption("flow-" + name, caption);

        assertThat(PICTURES.resolve(name + ".txt")).hasContent(caption);
    }

    @Test
    void anAdministratorEmailsAPasskeyLinkFromTheAdminConsole(
            @Example("passwordless-only") TestRealm realm, TestBrowser browser) {
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

    /** A step as the picture shows it, indented by its level in the sub-flows. */
    private static String line(JsonNode step) {
        return "  ".repeat(step.path("level").asInt())
                + step.path("displayName").asText() + ": "
                + step.path("requirement").asText().toLowerCase(Locale.ROOT) + "\n";
    }
}
