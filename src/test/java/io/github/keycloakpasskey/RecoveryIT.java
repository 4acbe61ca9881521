package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.AtOnce;
import io.github.keycloakpasskey.testbed.Await;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Mailbox;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recovery without the passkey: an emailed link lets the user create a new one. */
@BrowserTest
class RecoveryIT {

    private static final Step CHOOSE_USER = Step.required("reset-credentials-choose-user");
    private static final Step SEND_EMAIL = Step.required("reset-credential-email");
    private static final Step RESET_PASSKEY = Step.required("reset-passkey");
    private static final Step REMOVING_OLDER = RESET_PASSKEY.with(Map.of("remove-older-passkeys", "true"));

    private final SoftwareAuthenticator lost = new SoftwareAuthenticator();
    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    private TestRealm realm;
    private Mailbox mailbox;

    @BeforeEach
    void aRealmWithAWayBackIn(TestRealm realm) {
        this.realm = realm;
        mailbox = realm.mailbox();
        realm.recoverWith(CHOOSE_USER, SEND_EMAIL, RESET_PASSKEY);
    }

    @Test
    void aUserWithoutAPasswordRecoversWithANewPasskey(TestBrowser browser) {
        Person person = personWithLostPasskey();
        realm.removePassword(person);
        realm.signInWith(Step.required("passkey-authenticator"));
        var page = browser.page();
        browser.openSignIn(realm, Map.of());

        page.click("text=Lost your passkey?");
        page.fill("#username", person.username());
        page.click("[type=submit]");
        assertThat(page.locator("body")).containsText("You should receive an email shortly");
        page.navigate(mailbox.awaitLink(person).toString());
        assertThat(page.locator("#passkey-form")).containsText("Passkeys you already have:");
        assertThat(page.locator("#passkey-cancel")).hasCount(0);
        browser.usePasskey();

        browser.awaitBackAtApp(realm);
        assertThat(realm.passkeys(person)).hasSize(2);
        JsonNode login = realm.awaitEvent("LOGIN", person);
        assertThat(login.path("details").path("credential_type").asText()).isNotEqualTo("password");
    }

    @Test
    void theRecoveryLinkWorksInAnotherBrowser() {
        Person person = personWithLostPasskey();
        ask(realm.newClient(), person.username());
        WebClient other = realm.newClient();

        Page page = other.open(mailbox.awaitLink(person));
        Page end = create(other, page);

        assertThat(end.text()).contains("Your account has been updated");
        realm.assertNone("LOGIN");
        WebClient later = realm.newClient();
        assertThat(later.signIn(later.openSignIn(), authenticator).isBackAtApp())
                .isTrue();
    }

    @Test
    void aRecoveryInAnotherBrowserSpeaksOfPasskeysAndLeadsBackToTheApp() {
        realm.recoverWith(
                Step.required("passkey-recovery-user"), Step.required("passkey-recovery-email"), RESET_PASSKEY);
        Person person = personWithLostPasskey();
        WebClient client = realm.newClient();

        Page page = client.click(client.openSignIn(), "a[href*=reset-credentials]");
        assertThat(page.text())
                .contains("Lost your passkey?", "create a new passkey")
                .doesNotContainIgnoringCase("password");
        Page nameless = client.submit(page, "#kc-reset-password-form", Map.of("username", ""));
        assertThat(nameless.text()).contains("Please specify username");
        client.submit(nameless, "#kc-reset-password-form", Map.of("username", person.username()));
        String mail = mailbox.awaitText(person);
        assertThat(mail).contains("Create a new passkey", "within 5 minutes").doesNotContainIgnoringCase("password");
        WebClient other = realm.newClient();
        Page end = create(other, other.open(Mailbox.linkIn(mail)));

        assertThat(end.text()).contains("Your account has been updated", "Back to Application");
        assertThat(end.document().select("#kc-info-message a").attr("href"))
                .isEqualTo(realm.redirectUri().toString());
        realm.assertNone("LOGIN");
    }

    @Test
    void recoveryKeepsOlderPasskeysByDefault() {
        Person person = personWithLostPasskey();
        WebClient client = realm.newClient();

        assertThat(create(client, follow(client, person)).isBackAtApp()).isTrue();

        assertThat(realm.passkeys(person)).hasSize(2);
        realm.assertNone("REMOVE_CREDENTIAL");
    }

    @Test
    void recoveryRemovesOlderPasskeysOnceTheNewOneIsStored() {
        realm.recoverWith(CHOOSE_USER, SEND_EMAIL, REMOVING_OLDER);
        Person person = personWithLostPasskey();
        String oldLabel = realm.passkeys(person).get(0).label();
        WebClient client = realm.newClient();

        Page page = follow(client, person);
        assertThat(page.text()).contains("Will be removed as soon as the new passkey is saved: " + oldLabel);
        assertThat(page.text()).doesNotContain("Passkeys you already have");
        assertThat(page.options()).contains("\"excludeCredentials\":[]");
        Page refused = client.submitPasskey(
                page,
                authenticator.register(page.options(), "https://evil.example").json());
        assertThat(refused.error()).contains("another web address");
        assertThat(realm.passkeys(person)).singleElement().satisfies(old -> assertThat(old.label())
                .isEqualTo(oldLabel));
        assertThat(refused.text()).contains("Will be removed as soon as the new passkey is saved: " + oldLabel);
        assertThat(create(client, refused).isBackAtApp()).isTrue();

        assertThat(realm.passkeys(person)).singleElement().satisfies(stored -> assertThat(
                        stored.data().path("credentialId").asText())
                .isEqualTo(newestId(authenticator)));
        assertThat(realm.passkeys(person).get(0).label()).isEqualTo(oldLabel);
        JsonNode removal = realm.awaitEvent("REMOVE_CREDENTIAL", person).path("details");
        assertThat(removal.path("credential_type").asText()).isEqualTo("passkey");
        assertThat(removal.path("credential_user_label").asText()).isEqualTo(oldLabel);
        assertThat(removal.path("public_key_credential_id").asText()).isEqualTo(newestId(lost));
        assertThat(removal.path("public_key_credential_aaguid").asText()).isNotEmpty();
        WebClient old = realm.newClient();
        assertThat(old.signIn(old.openSignIn(), lost).error()).contains("not known here");
    }

    @Test
    void recoveryRemovesOlderBuiltInPasskeysToo() {
        realm.recoverWith(CHOOSE_USER, SEND_EMAIL, REMOVING_OLDER);
        Person person = personWithLostPasskey();
        realm.returnPasskeys("?userId=" + person.id());
        WebClient client = realm.newClient();

        assertThat(create(client, follow(client, person)).isBackAtApp()).isTrue();

        assertThat(realm.credentials(person))
                .noneMatch(credential -> credential.path("type").asText().startsWith("webauthn"));
        assertThat(realm.passkeys(person)).hasSize(1);
        assertThat(realm.awaitEvent("REMOVE_CREDENTIAL", person)
                        .path("details")
                        .path("credential_type")
                        .asText())
                .isEqualTo("webauthn-passwordless");
    }

    @Test
    void recoveryAtThePasskeyLimitReplacesTheChosenPasskey() {
        Person person = personWithLostPasskey();
        realm.newClient().register(person, new SoftwareAuthenticator());
        realm.configure(Map.of("most-passkeys", "2"));
        List<StoredPasskey> before = realm.passkeys(person);
        WebClient client = realm.newClient();

        Page choice = follow(client, person);
        assertThat(choice.hasPasskeyForm()).isFalse();
        assertThat(choice.text()).contains("Which passkey have you lost").doesNotContain("Keep them all");
        Page page = client.submit(
                choice,
                "#passkey-replace",
                Map.of("passkeyReplaced", before.get(0).rowId()));
        assertThat(page.text())
                .contains("Will be removed as soon as the new passkey is saved: "
                        + before.get(0).label());
        assertThat(realm.passkeys(person)).hasSize(2);
        Page again = client.submit(page, "#passkey-form", Map.of("passkeyReplaced", ""));
        assertThat(again.has("#passkey-replace")).isTrue();
        page = client.submit(
                again,
                "#passkey-replace",
                Map.of("passkeyReplaced", before.get(1).rowId()));
        assertThat(create(client, page).isBackAtApp()).isTrue();

        assertThat(realm.passkeys(person))
                .extracting(StoredPasskey::rowId)
                .hasSize(2)
                .contains(before.get(0).rowId())
                .doesNotContain(before.get(1).rowId());
        assertThat(realm.awaitEvent("REMOVE_CREDENTIAL", person)
                        .path("details")
                        .path("credential_id")
                        .asText())
                .isEqualTo(before.get(1).rowId());
    }

    @Test
    void passkeysThatRecoveryRemovesDoNotCountAgainstTheLimit() {
        realm.recoverWith(CHOOSE_USER, SEND_EMAIL, REMOVING_OLDER);
        Person person = personWithLostPasskey();
        realm.newClient().register(person, new SoftwareAuthenticator());
        realm.configure(Map.of("most-passkeys", "1"));
        WebClient client = realm.newClient();

        assertThat(create(client, follow(client, person)).isBackAtApp()).isTrue();

        assertThat(realm.passkeys(person)).hasSize(1);
        Await.until("two events", () -> realm.events("REMOVE_CREDENTIAL").size() == 2);
    }

    @Test
    void simultaneousRecoveriesLeaveANewPasskey() throws Exception {
        realm.recoverWith(CHOOSE_USER, SEND_EMAIL, REMOVING_OLDER);
        Person person = personWithLostPasskey();
        List<Callable<Page>> posts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            WebClient client = realm.newClient();
            Page page = follow(client, person);
            String answer =
                    authenticator.register(page.options(), realm.origin()).json();
            posts.add(() -> client.submitPasskey(page, answer));
        }

        List<Page> pages = AtOnce.send(posts);

        assertThat(pages).allSatisfy(page -> assertThat(page.status()).isLessThan(500));
        assertThat(realm.passkeys(person)).isNotEmpty().noneSatisfy(stored -> assertThat(
                        stored.data().path("credentialId").asText())
                .isEqualTo(newestId(lost)));
    }

    @Test
    @Shows(Threat.CLAIMED_ID)
    void aPasskeyOfAnotherUserDoesNotReplaceOlderPasskeys() {
        realm.recoverWith(CHOOSE_USER, SEND_EMAIL, REMOVING_OLDER);
        Person other = realm.newPerson();
        realm.newClient().register(other, authenticator);
        Person person = personWithLostPasskey();
        WebClient client = realm.newClient();
        Page page = follow(client, person);

        Page refused = client.submitPasskey(
                page,
                authenticator
                        .register(page.options(), realm.origin())
                        .credentialId(authenticator.newest().credentialId())
                        .json());

        assertThat(refused.error()).contains("already registered");
        assertThat(realm.passkeys(person)).hasSize(1);
        realm.assertNone("REMOVE_CREDENTIAL");
    }

    @Test
    void theRecoveryLinkAlsoVerifiesTheEmailAddress() {
        realm.change(Map.of("verifyEmail", true));
        Person person = realm.newPersonWithoutPassword();
        realm.change(person, user -> user.put("emailVerified", false));
        WebClient client = realm.newClient();

        Page page = follow(client, person);

        assertThat(page.hasPasskeyForm()).isTrue();
        assertThat(create(client, page).isBackAtApp()).isTrue();
    }

    @Test
    @Shows(Threat.UNWANTED_PASSKEY)
    void recoveryAtThePasskeyLimitRequiresChoosingAnOwnPasskey() {
        Person other = personWithLostPasskey();
        String others = realm.passkeys(other).get(0).rowId();
        Person person = realm.newPerson();
        realm.newClient().register(person, new SoftwareAuthenticator());
        realm.configure(Map.of("most-passkeys", "1"));
        WebClient client = realm.newClient();
        Page choice = follow(client, person);

        for (Map<String, String> posted : List.of(
                Map.of("passkeyReplaced", others), Map.of("passkeyReplaced", ""), Map.of("passkeysKept", "true"))) {
            choice = client.submit(choice, "#passkey-replace", posted);
            assertThat(choice.has("#passkey-replace")).isTrue();
        }

        assertThat(realm.passkeys(other)).hasSize(1);
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void aRecoveryFlowWithoutAnEmailIsRefusedForEveryUsername() {
        realm.recoverWith(CHOOSE_USER, RESET_PASSKEY);
        Person person = personWithLostPasskey();

        Page known = ask(realm.newClient(), person.username());
        Page unknown = ask(realm.newClient(), "nobody-of-that-name");

        assertThat(known.status()).isEqualTo(400);
        assertThat(known.text()).contains("only by the link in an e-mail");
        assertThat(unknown.text()).isEqualTo(known.text());
        assertThat(unknown.status()).isEqualTo(known.status());
        realm.awaitEvent(
                "RESET_PASSWORD_ERROR",
                event -> event.path("details").path("reason").asText().equals("email-not-proven"));
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void recoveryWithoutTheLinkDoesNotAllowCreatingAPasskey() {
        Person person = personWithLostPasskey();
        WebClient mallory = realm.newClient();
        Page asked = ask(mallory, person.username());
        assertThat(asked.hasPasskeyForm()).isTrue();
        assertThat(asked.ceremony()).isEqualTo("authentication");

        Page forced = mallory.open(realm.page("/login-actions/required-action?execution=passkey-register&client_id="
                + TestRealm.CLIENT + "&tab_id=" + asked.parameter("tab_id").orElse("")));

        assertThat(forced.has("[data-ceremony=registration]")).isFalse();
        assertThat(forced.status()).isLessThan(500);
        realm.assertNone("LOGIN");
    }

    @Test
    @Shows(Threat.REPLAY)
    void theRecoveryLinkWorksOnlyOnce() {
        Person person = personWithLostPasskey();
        WebClient client = realm.newClient();
        ask(client, person.username());
        var link = mailbox.awaitLink(person);
        assertThat(create(client, client.open(link)).isBackAtApp()).isTrue();

        Page again = realm.newClient().open(link);

        assertThat(again.hasPasskeyForm()).isFalse();
        assertThat(again.status()).isEqualTo(400);
        assertThat(realm.passkeys(person)).hasSize(2);
    }

    @Test
    void aPasskeyRequestedByAnAppCannotBeCancelledDuringRecovery() {
        Person person = personWithLostPasskey();
        WebClient client = realm.newClient();
        Page signIn = client.openSignIn(Map.of("kc_action", "passkey-register:skip_if_exists"));
        submitName(client, signIn, person.username());

        Page page = client.open(mailbox.awaitLink(person));
        assertThat(page.hasPasskeyForm()).isTrue();
        assertThat(page.has("#passkey-cancel")).isFalse();
        Page cancelled = client.submit(page, "#passkey-form", Map.of("cancel-aia", "true"));
        assertThat(cancelled.isBackAtApp()).isFalse();
        assertThat(create(client, cancelled).isBackAtApp()).isTrue();
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void theRecoveryLinkIsRefusedWhenCreatingPasskeysIsDisabled() {
        Person person = personWithLostPasskey();
        WebClient client = realm.newClient();
        ask(client, person.username());
        realm.changeRequiredAction("enabled", false);

        Page page = client.open(mailbox.awaitLink(person));

        assertThat(page.text()).contains("No passkey can be created here at present");
        assertThat(page.status()).isEqualTo(400);
        realm.assertNone("LOGIN");
    }

    @Test
    void recoveryUnlocksAUserLockedByWrongPasswords() {
        realm.change(Map.of("failureFactor", 2, "waitIncrementSeconds", 600, "quickLoginCheckMilliSeconds", 0));
        Person person = personWithLostPasskey();
        WebClient mallory = realm.newClient();
        for (int i = 0; i < 3; i++) {
            mallory.submit(
                    mallory.openSignIn(), "#kc-form-login", Map.of("username", person.username(), "password", "wrong"));
        }
        Await.until("the lock", () -> isLocked(person));
        WebClient client = realm.newClient();

        assertThat(create(client, follow(client, person)).isBackAtApp()).isTrue();

        Await.until("the lock is gone", () -> !isLocked(person));
        WebClient later = realm.newClient();
        assertThat(later.signIn(later.openSignIn(), authenticator).isBackAtApp())
                .isTrue();
    }

    @Test
    void forceLoginEndsRecoveryWithoutASignInAndTheNewPasskeySignsIn() {
        realm.recoverWith(CHOOSE_USER, SEND_EMAIL.with(Map.of("force-login", "true")), RESET_PASSKEY);
        Person person = personWithLostPasskey();
        WebClient client = realm.newClient();

        Page end = create(client, follow(client, person));

        assertThat(end.isBackAtApp()).isFalse();
        assertThat(end.text()).contains("Your account has been updated");
        WebClient later = realm.newClient();
        assertThat(later.signIn(later.openSignIn(), authenticator).isBackAtApp())
                .isTrue();
    }

    @Test
    @Shows(Threat.LINK_FOR_ANOTHER_PURPOSE)
    void aLinkThatVerifiesAnAddressDoesNotOpenTheRecovery() {
        realm.recoverWith(CHOOSE_USER, SEND_EMAIL, REMOVING_OLDER);
        Person person = personWithLostPasskey();
        realm.change(person, user -> user.put("emailVerified", false));
        realm.admin().put("/users/" + person.id() + "/send-verify-email", Map.of());
        WebClient mallory = realm.newClient();
        Page offer = mallory.open(mailbox.awaitLink(person));
        String query = URI.create(offer.document().select("#kc-info-message a").attr("href"))
                .getRawQuery()
                .replaceAll("key=[^&]*&?", "");

        Page recovery = mallory.open(realm.page("/login-actions/reset-credentials?" + query));

        assertThat(recovery.has("[data-ceremony=registration]")).isFalse();
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    @Shows(Threat.THIEF_AFTER_RECOVERY)
    void aRecoveryThatRemovesOlderPasskeysEndsAllOtherSessions() {
        realm.recoverWith(CHOOSE_USER, SEND_EMAIL, REMOVING_OLDER);
        Person person = personWithLostPasskey();
        WebClient thief = realm.newClient();
        Page stolen = thief.signIn(thief.openSignIn(Map.of("scope", "openid offline_access")), lost);
        String refreshToken = thief.tokens(stolen).path("refresh_token").asText();
        assertThat(thief.refresh(refreshToken)).isEqualTo(200);
        WebClient owner = realm.newClient();

        assertThat(create(owner, follow(owner, person)).isBackAtApp()).isTrue();

        assertThat(thief.refresh(refreshToken)).isEqualTo(400);
        assertThat(thief.openSignIn(Map.of("kc_action", "passkey-register")).ceremony())
                .isEqualTo("authentication");
        int notBefore =
                realm.admin().get("/users/" + person.id()).path("notBefore").asInt();
        assertThat(notBefore).isPositive();
    }

    @Test
    void aNewPasskeyEndsOtherSessionsWhereTheUserAsksForIt() {
        Person person = personWithLostPasskey();
        WebClient other = realm.newClient();
        other.signIn(other.openSignIn(), lost);
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        assertThat(page.has("#logout-sessions")).isTrue();
        String made = authenticator.register(page.options(), realm.origin()).json();

        Page end = client.submit(page, "#passkey-form", Map.of("passkeyResponse", made, "logout-sessions", "on"));

        assertThat(end.isBackAtApp()).isTrue();
        assertThat(other.openSignIn().isBackAtApp()).isFalse();
        assertThat(client.openSignIn().isBackAtApp()).isTrue();
    }

    private Person personWithLostPasskey() {
        Person person = realm.newPerson();
        realm.newClient().register(person, lost);
        realm.forgetEvents();
        return person;
    }

    /** Requests the e-mail as a user does who has lost a passkey. */
    private Page ask(WebClient client, String username) {
        return submitName(client, client.openSignIn(), username);
    }

    private static Page submitName(WebClient client, Page signIn, String username) {
        Page page = client.click(signIn, "a[href*=reset-credentials]");
        return client.submit(page, "#kc-reset-password-form", Map.of("username", username));
    }

    private Page follow(WebClient client, Person person) {
        ask(client, person.username());
        return client.open(mailbox.awaitLink(person));
    }

    private Page create(WebClient client, Page page) {
        return client.submitPasskey(
                page, authenticator.register(page.options(), realm.origin()).json());
    }

    private static String newestId(SoftwareAuthenticator authenticator) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(authenticator.newest().credentialId());
    }

    private boolean isLocked(Person person) {
        return realm.admin()
                .get("/attack-detection/brute-force/users/" + person.id())
                .path("disabled")
                .asBoolean();
    }
}
