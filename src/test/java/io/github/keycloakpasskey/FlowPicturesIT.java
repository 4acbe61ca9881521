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
 * The pictures of {@code docs/flows.md}, as the admin console shows the flows. They are left in {@code
 * target/screenshots/flow-*.png}, each with its steps as text in a file beside it. Whoever changes a flow copies both
 * to {@code docs/images/flows}; the text is what tells that a picture there is no longer that of its flow.
 */
@BrowserTest
class FlowPicturesIT {

    private static final Path PICTURES = Path.of("docs/images/flows");

    /** The console's rows are twice as high. */
    private static final String CLOSE_ROWS = "table :is(td, th) { padding-block: 4px !important }";

    /** @param binding the member of the realm that says which of its flows it is */
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
    void aFlow(String example, String binding, String name, TestRealm server, TestBrowser browser) throws IOException {
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

    /** A step as the picture shows it, indented by its place in the sub-flows. */
    private static String line(JsonNode step) {
        return "  ".repeat(step.path("level").asInt())
                + step.path("displayName").asText() + ": "
                + step.path("requirement").asText().toLowerCase(Locale.ROOT) + "\n";
    }
}
