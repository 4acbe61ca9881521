package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.keycloakpasskey.testbed.Await;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.BuiltInPages;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Administrators and users see and remove passkeys in Keycloak's consoles. */
@BrowserTest
class ConsolesIT {

    private static final UUID DASHLANE = UUID.fromString("531126d6-e717-415c-9320-3d9aa6981239");

    @Test
    void anAdministratorSeesAndRemovesAUsersPasskey(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        realm.newClient().register(person, new SoftwareAuthenticator(DASHLANE));
        Page page = browser.page();
        page.setViewportSize(1280, 900);
        browser.openConsole(realm, "/users/" + person.id() + "/credentials");

        Locator row = page.locator("tr").filter(new Locator.FilterOptions().setHasText("Dashlane"));
        assertThat(row).isVisible();
        assertThat(page.locator("body")).containsText("Passkey");
        browser.screenshot("admin-console-credentials");
        row.getByRole(AriaRole.BUTTON).last().click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Delete"))
                .click();
        page.locator("#modal-confirm").click();

        assertThat(row).hasCount(0);
        assertThat(realm.passkeys(person)).isEmpty();
    }

    @Test
    void anAdministratorSetsWhichPasskeysAreAccepted(TestRealm realm, TestBrowser browser) {
        realm.configure(Map.of("kind", "device-bound"));
        Page page = browser.page();
        page.setViewportSize(1280, 1400);
        browser.openConsole(realm, "/authentication/required-actions");
        Locator row = page.locator("tr").filter(new Locator.FilterOptions().setHasText("Create a passkey"));
        row.getByRole(AriaRole.BUTTON).last().click();
        assertThat(page.getByText("Largest number of passkeys")).isVisible();
        browser.screenshot("admin-console-settings");

        page.getByTestId("most-passkeys").fill("many");
        page.getByTestId("save").click();
        assertThat(page.locator("body")).containsText("is no number from 1 to 64");
        browser.screenshot("admin-console-settings-refused");
        page.getByTestId("most-passkeys").fill("3");
        page.getByTestId("save").click();

        Await.until(
                "the saved setting",
                () -> realm.settings().path("most-passkeys").asText().equals("3"));
        org.assertj.core.api.Assertions.assertThat(realm.settings().path("kind").asText())
                .isEqualTo("device-bound");
    }

    @Test
    void aUserSeesAndRemovesAPasskey(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator(DASHLANE);
        realm.newClient().register(person, authenticator);
        WebClient client = realm.newClient();
        client.signIn(client.openSignIn(), authenticator);
        Page page = browser.page();
        page.setViewportSize(1280, 1300);
        page.navigate(realm.page("/account/account-security/signing-in").toString());
        browser.signInWithPassword(person);

        assertThat(page.getByText("Dashlane").first()).isVisible();
        assertThat(page.getByTestId("passkey/credential-list")).isVisible();
        assertThat(page.locator("body")).containsText("One device only");
        assertThat(page.locator("body")).not().containsText("webauthn-authenticator-provider");
        assertThat(page.locator("body")).containsText("Last used");
        assertThat(page.locator("body")).not().containsText("{");
        browser.screenshot("account-console-signing-in");
        page.getByTestId("passkey/credential-list")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete"))
                .click();
        page.click("#kc-accept");

        assertThat(page.locator("body")).containsText("Signing in");
        assertThat(page.getByText("Dashlane")).hasCount(0);
        assertThat(realm.passkeys(person)).isEmpty();
    }

    /** The console shows a type for which a user is configured, also without a stored credential. */
    @Test
    void aUserWithABuiltInPasskeyAloneSeesNoPasskeyOfOurs(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        BuiltInPages.register(realm, person, new SoftwareAuthenticator(), BuiltInPages.REGISTER_PASSKEY);
        Page page = browser.page();
        page.navigate(realm.page("/account/account-security/signing-in").toString());
        browser.signInWithPassword(person);

        assertThat(page.getByTestId("password/credential-list")).isVisible();
        Locator list = page.getByTestId("passkey/credential-list");
        assertThat(list).containsText("not set up");
        assertThat(list.getByRole(AriaRole.BUTTON)).hasCount(0);
    }

    @Test
    void aUserCannotRemoveTheOnlyPasskeyOfAnAccountWithoutPassword(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.register(realm, person);
        realm.removePassword(person);
        Page page = browser.page();
        page.setViewportSize(1280, 1300);
        page.navigate(realm.page("/account/account-security/signing-in").toString());
        browser.usePasskey();

        Locator list = page.getByTestId("passkey/credential-list");
        Locator delete = list.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Delete"));
        assertThat(list).containsText("This is your only way to sign in, so you cannot remove it.");
        assertThat(delete).hasCount(0);
        browser.screenshot("account-console-last-passkey");

        realm.configure(Map.of("last-passkey-removable", "true"));
        page.reload();
        assertThat(delete).isVisible();
        assertThat(list).not().containsText("your only way to sign in");
    }
}
