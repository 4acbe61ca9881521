package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Await;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Mailbox;
import io.github.keycloakpasskey.testbed.OnEachVersion;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator's e-mail that asks a user to create a passkey. */
@OnEachVersion
@BrowserTest
class ActionEmailIT {

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    private TestRealm realm;
    private Mailbox mailbox;

    @BeforeEach
    void aRealmThatSendsEmails(TestRealm realm) {
        this.realm = realm;
        mailbox = realm.mailbox();
    }

    @Test
    void aUserCreatesAPasskeyByTheEmailedLink(TestBrowser browser) {
        Person person = realm.newPerson();
        var page = browser.page();

        page.navigate(send(person, "").toString());
        assertThat(page.locator("body")).containsText("Create a passkey");
        page.click("text=Click here to proceed");
        assertThat(page.locator("#passkey-only-way-in")).hasCount(0);
        browser.authenticator().answering(true);
        page.click("#passkey-start");

        assertThat(page.locator("body")).containsText("Your account has been updated");
        assertThat(realm.passkeys(person)).hasSize(1);
        browser.openSignIn(realm, Map.of());
        browser.awaitBackAtApp(realm);
    }

    @Test
    void thePageTellsTheUserThatTheyHaveNoWayToSignInYet(TestBrowser browser) {
        Person person = realm.newPersonWithoutPassword();
        realm.signInWith(Step.required("passkey-authenticator"));
        var page = browser.page();

        page.navigate(send(person, "").toString());
        page.click("text=Click here to proceed");
        assertThat(page.locator("#passkey-only-way-in")).containsText("no way to sign in yet");
        browser.authenticator().answering(true);
        page.click("#passkey-start");

        assertThat(page.locator("body")).containsText("Your account has been updated");
        browser.openSignIn(realm, Map.of());
        browser.awaitBackAtApp(realm);
    }

    @Test
    void theEmailedLinkLeadsBackToTheAppThatTheAdministratorChose() {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();

        Page end = create(client, proceed(client, send(person, app())));

        assertThat(end.text()).contains("Back to Application");
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    @Shows(Threat.REPLAY)
    void theEmailedLinkWorksOnlyOnce() {
        Person person = realm.newPerson();
        URI link = send(person, "");
        WebClient client = realm.newClient();
        create(client, proceed(client, link));

        Page again = realm.newClient().open(link);

        assertThat(again.hasPasskeyForm()).isFalse();
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.text()).doesNotContain("passkey-");
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    @Shows(Threat.REPLAY)
    void aPageInASecondBrowserDoesNotSignInAfterTheLinkWasUsed() {
        Person person = realm.newPerson();
        URI link = send(person, "");
        WebClient one = realm.newClient();
        WebClient other = realm.newClient();
        Page first = proceed(one, link);
        Page second = proceed(other, link);
        create(one, first);

        Page end = create(other, second);

        assertThat(end.isBackAtApp()).isFalse();
        assertThat(end.status()).isEqualTo(400);
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    void anAttemptThatWasRefusedDoesNotUseUpTheLink() {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = proceed(client, send(person, ""));
        Page refused = client.submitPasskey(page, "{}");

        Page end = create(client, refused);

        assertThat(end.text()).contains("Your account has been updated");
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    void anExpiredEmailedLinkShowsThatItExpired() {
        Person person = realm.newPerson();
        URI link = send(person, "?lifespan=1");

        Page page = Await.present(
                "an expired link",
                () -> Optional.of(realm.newClient().open(link)).filter(opened -> opened.status() == 400));

        assertThat(page.text()).contains("expired");
        assertThat(page.hasPasskeyForm()).isFalse();
    }

    @Test
    void aUserAtThePasskeyLimitCanReplaceOnePasskeyOrKeepAll() {
        Person person = realm.newPerson();
        realm.newClient().register(person, new SoftwareAuthenticator());
        realm.configure(Map.of("most-passkeys", "1"));
        StoredPasskey before = realm.passkeys(person).get(0);

        WebClient keeping = realm.newClient();
        Page choice = proceed(keeping, send(person, ""));
        Page kept = keeping.submit(choice, "#passkey-replace", Map.of("passkeysKept", "true"));
        assertThat(kept.text()).contains("Your account has been updated");
        assertThat(realm.passkeys(person)).extracting(StoredPasskey::rowId).containsExactly(before.rowId());

        WebClient replacing = realm.newClient();
        choice = proceed(replacing, send(person, ""));
        Page page = replacing.submit(choice, "#passkey-replace", Map.of("passkeyReplaced", before.rowId()));
        assertThat(create(replacing, page).text()).contains("Your account has been updated");
        assertThat(realm.passkeys(person))
                .extracting(StoredPasskey::rowId)
                .hasSize(1)
                .doesNotContain(before.rowId());
        realm.awaitEvent("REMOVE_CREDENTIAL", person);
    }

    @Test
    void leavingTheEmailedPageLeadsToAWorkingSignInPage() {
        Person person = realm.newPerson();
        for (String query : List.of("", app())) {
            WebClient client = realm.newClient();
            Page page = proceed(client, send(person, query));

            Page signIn = client.click(page, ".passkey-way-out a");
            assertThat(signIn.hasPasswordForm()).as(query).isTrue();
            Page signedIn = client.submitPassword(signIn, person);

            assertThat(signedIn.status()).as(query + signedIn).isLessThan(400);
            assertThat(signedIn.hasPasswordForm()).as(query).isFalse();
        }
        assertThat(realm.passkeys(person)).isEmpty();
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aRequiredPasskeyCannotBeDeclinedByTheFieldOfAnotherPage() {
        Person person = realm.newPersonWithoutPassword();
        realm.require(person, "passkey-register");
        realm.admin().put("/users/" + person.id() + "/execute-actions-email" + app(), List.of("UPDATE_PROFILE"));
        WebClient client = realm.newClient();
        Page profile = proceed(client, mailbox.awaitLink(person));
        Page page = profile.hasPasskeyForm() ? profile : client.submit(profile, "#kc-update-profile-form", Map.of());
        assertThat(page.ceremony()).isEqualTo("registration");

        Page after = client.submit(page, "#passkey-form", Map.of("passkeysKept", "true"));

        assertThat(after.ceremony()).isEqualTo("registration");
        assertThat(realm.passkeys(person)).isEmpty();
    }

    @Test
    void aLinkThatAlsoVerifiesTheAddressCreatesThePasskeyWhicheverComesFirst() {
        realm.changeRequiredAction("priority", 1);
        Person person = realm.newPerson();
        realm.change(person, user -> user.put("emailVerified", false));
        realm.admin()
                .put("/users/" + person.id() + "/execute-actions-email", List.of("VERIFY_EMAIL", "passkey-register"));
        WebClient client = realm.newClient();

        Page end = create(client, proceed(client, mailbox.awaitLink(person)));

        assertThat(end.text()).contains("Your account has been updated");
        assertThat(realm.passkeys(person)).hasSize(1);
        assertThat(realm.admin()
                        .get("/users/" + person.id())
                        .path("emailVerified")
                        .asBoolean())
                .isTrue();
    }

    /** Sends the e-mail as the admin console does, and returns the link in it. */
    private URI send(Person person, String query) {
        realm.admin().put("/users/" + person.id() + "/execute-actions-email" + query, List.of("passkey-register"));
        return mailbox.awaitLink(person);
    }

    private String app() {
        return "?client_id=" + TestRealm.CLIENT + "&redirect_uri="
                + URLEncoder.encode(realm.redirectUri().toString(), StandardCharsets.UTF_8);
    }

    /** Opens the link in a new browser and continues past Keycloak's confirmation page. */
    private static Page proceed(WebClient client, URI link) {
        return client.click(client.open(link), "#kc-info-message a");
    }

    private Page create(WebClient client, Page page) {
        return client.submitPasskey(
                page, authenticator.register(page.options(), realm.origin()).json());
    }

    /** Only the e-mail for the required action <em>Create a passkey</em> allows its reader to create one. */
    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void anEmailForAnotherActionDoesNotAllowCreatingAPasskey() {
        realm.signInWith(Step.required("passkey-authenticator"));
        Person updating = realm.newPerson();
        realm.admin().put("/users/" + updating.id() + "/execute-actions-email", List.of("UPDATE_PROFILE"));
        assertMakesNoPasskey(updating);
        Person verifying = realm.newPerson();
        realm.change(verifying, user -> user.put("emailVerified", false));
        realm.admin().put("/users/" + verifying.id() + "/send-verify-email", Map.of());
        assertMakesNoPasskey(verifying);
    }

    /** Opens the link, but then requests the realm's sign-in page in the same tab. */
    private void assertMakesNoPasskey(Person person) {
        WebClient client = realm.newClient();
        Page offer = client.open(mailbox.awaitLink(person));
        String proceed = offer.document().select("#kc-info-message a").attr("href");
        String query = URI.create(proceed).getRawQuery().replaceAll("key=[^&]*&?", "");

        Page signIn = client.open(realm.page("/login-actions/authenticate?" + query));

        assertThat(signIn.ceremony()).isEqualTo("authentication");
    }
}
