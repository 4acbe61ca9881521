package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Mailbox;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sign-up with a passkey and without a password, including accounts whose sign-up was not completed. */
@BrowserTest
class SignUpIT {

    private static final String UNFINISHED = "Your account has no way to sign in yet";

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    private TestRealm realm;
    private Person person;

    @BeforeEach
    void aRealmThatAsksForNoPassword(TestRealm realm) {
        this.realm = realm;
        realm.signUpWith(Step.required("registration-user-creation"), Step.required("registration-passkey-action"));
        person = realm.nobodyYet();
    }

    @Test
    void aNewUserSignsUpWithAPasskeyAndWithoutAPassword(TestBrowser browser) {
        var page = browser.page();
        browser.openSignIn(realm, Map.of());
        page.click("text=Register");
        assertThat(page.locator("#kc-register-form")).isVisible();
        assertThat(page.locator("[type=password]")).hasCount(0);
        profile().forEach((field, value) -> page.fill("#" + field, value));
        page.click("[type=submit]");
        assertThat(page.locator("#passkey-only-way-in")).containsText(UNFINISHED);
        assertThat(page.locator("#passkey-cancel")).hasCount(0);
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());

        assertThat(credentialTypes()).containsExactly("passkey");
        assertThat(realm.admin().get("/users/" + signedUp().id()).path("requiredActions"))
                .isEmpty();
        browser.forgetSessions();
        browser.authenticator().answering(true);
        browser.openSignIn(realm, Map.of());
        browser.awaitBackAtApp(realm);
        assertThat(browser.authenticator().asserted()).hasSize(1);
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void signUpIsRefusedWhenCreatingPasskeysIsDisabled() {
        realm.changeRequiredAction("enabled", false);

        Page page = signUp(realm.newClient());

        assertThat(page.text()).contains("No passkey can be created here at present");
        assertThat(page.has("#kc-register-form")).isTrue();
        assertThat(page.document().selectFirst("#username").val()).isEqualTo(person.username());
        assertThat(realm.find(person)).isEmpty();
        realm.awaitRefusal("REGISTER_ERROR", "required-action-disabled");
    }

    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void signUpIsRefusedWhereAddressesMustBeVerifiedButCannotBe() {
        realm.change(Map.of("verifyEmail", true));
        realm.changeRequiredAction("VERIFY_EMAIL", "enabled", false);

        Page page = signUp(realm.newClient());

        assertThat(page.has("#kc-register-form")).isTrue();
        assertThat(page.text()).contains("No passkey can be created here at present");
        assertThat(realm.find(person)).isEmpty();
        realm.awaitRefusal("REGISTER_ERROR", "email-not-verifiable");
    }

    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void aPasswordPostedDuringSignUpIsNotStored() {
        WebClient client = realm.newClient();
        Page form = openForm(client);
        Map<String, String> fields = profile();
        fields.put("password", person.password());
        fields.put("password-confirm", person.password());

        Page page = client.submit(form, "#kc-register-form", fields);

        assertThat(page.ceremony()).isEqualTo("registration");
        assertThat(credentialTypes()).isEmpty();
        WebClient later = realm.newClient();
        assertThat(later.submitPassword(later.openSignIn(), person).isBackAtApp())
                .isFalse();
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void signUpDoesNotEndBeforeAPasskeyIsCreated() {
        WebClient client = realm.newClient();
        Page form = client.click(
                client.openSignIn(Map.of("kc_action", "passkey-register:skip_if_exists")), "a[href*=registration]");
        Page page = client.submit(form, "#kc-register-form", profile());

        page = client.submit(page, "#passkey-form", Map.of("cancel-aia", "true"));
        assertThat(page.ceremony()).isEqualTo("registration");
        page = client.submit(page, "#passkey-form", Map.of("passkeyError", "NotAllowedError"));
        assertThat(page.ceremony()).isEqualTo("registration");
        page = client.submit(page, "#passkey-form", Map.of("passkeysKept", "true"));
        assertThat(page.ceremony()).isEqualTo("registration");
        page = client.reload(page);
        assertThat(page.ceremony()).isEqualTo("registration");
        assertThat(create(client, page).isBackAtApp()).isTrue();
    }

    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void anUnfinishedSignUpCannotBeTakenOver() {
        assertThat(signUp(realm.newClient()).ceremony()).isEqualTo("registration");

        Page sameName = signUp(realm.newClient());
        assertThat(sameName.hasPasskeyForm()).isFalse();
        assertThat(sameName.text()).contains("already exists");

        for (String password : List.of("", person.password())) {
            WebClient mallory = realm.newClient();
            Page page = mallory.submit(
                    mallory.openSignIn(),
                    "#kc-form-login",
                    Map.of("username", person.username(), "password", password));
            assertThat(page.has("[data-ceremony=registration]")).isFalse();
            assertThat(page.isBackAtApp()).isFalse();
        }

        for (List<Step> flow : List.of(
                List.of(Step.required("passkey-username-form"), Step.required("passkey-authenticator")),
                List.of(Step.required("auth-username-form"), Step.required("passkey-authenticator")),
                List.of(Step.required("auth-username-form"), Step.required("passkey-username-password-form")),
                List.of(Step.required("auth-username-form"), Step.required("auth-password-form")))) {
            realm.signInWith(flow.toArray(Step[]::new));
            Page page = typeName(realm.newClient());
            assertThat(page.has("[data-ceremony=registration]")).as("%s", flow).isFalse();
            assertThat(page.isBackAtApp()).as("%s", flow).isFalse();
            assertThat(page.text()).as("%s", flow).doesNotContain(UNFINISHED);
        }
        realm.assertNone("LOGIN");
        assertThat(credentialTypes()).isEmpty();
    }

    @Test
    void anUnfinishedSignUpIsCompletedByARecoveryLink() {
        Mailbox mailbox = realm.mailbox();
        realm.recoverWith(
                Step.required("reset-credentials-choose-user"),
                Step.required("reset-credential-email"),
                Step.required("reset-passkey"));
        signUp(realm.newClient());
        WebClient client = realm.newClient();
        Page ask = client.click(client.openSignIn(), "a[href*=reset-credentials]");
        client.submit(ask, "#kc-reset-password-form", Map.of("username", person.username()));

        Page page = client.open(mailbox.awaitLink(person));
        assertThat(page.text()).contains(UNFINISHED);
        assertThat(create(client, page).isBackAtApp()).isTrue();

        assertThat(credentialTypes()).containsExactly("passkey");
        WebClient later = realm.newClient();
        assertThat(later.signIn(later.openSignIn(), authenticator).isBackAtApp())
                .isTrue();
    }

    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void thePasskeyIsCreatedAfterTheEmailAddressIsVerified() {
        Mailbox mailbox = realm.mailbox();
        realm.change(Map.of("verifyEmail", true));

        verifyThenCreate(mailbox);
    }

    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void thePasskeyIsCreatedAfterVerificationEvenIfItsActionComesFirst() {
        Mailbox mailbox = realm.mailbox();
        realm.change(Map.of("verifyEmail", true));
        realm.changeRequiredAction("priority", 1);

        verifyThenCreate(mailbox);
    }

    @Test
    void theEmailAddressOfASignUpCanBeVerifiedInAnotherBrowser() {
        Mailbox mailbox = realm.mailbox();
        realm.change(Map.of("verifyEmail", true));
        signUp(realm.newClient());
        WebClient other = realm.newClient();

        Page confirm = other.open(mailbox.awaitLink(person));
        Page page = other.click(confirm, "#kc-info-message a");
        assertThat(page.text()).contains(UNFINISHED);
        assertThat(create(other, page).text()).contains("Your account has been updated");

        assertThat(credentialTypes()).containsExactly("passkey");
    }

    private void verifyThenCreate(Mailbox mailbox) {
        WebClient client = realm.newClient();
        Page waiting = signUp(client);
        assertThat(waiting.hasPasskeyForm()).isFalse();
        assertThat(waiting.text()).contains("verify your email");
        Page forced = client.open(realm.page("/login-actions/required-action?execution=passkey-register&client_id="
                + TestRealm.CLIENT + "&tab_id=" + waiting.parameter("tab_id").orElse("")));
        assertThat(forced.hasPasskeyForm()).isFalse();
        assertThat(credentialTypes()).isEmpty();

        Page page = client.open(mailbox.awaitLink(person));
        assertThat(page.text()).contains(UNFINISHED);
        assertThat(create(client, page).isBackAtApp()).isTrue();
        assertThat(credentialTypes()).containsExactly("passkey");
    }

    private Page signUp(WebClient client) {
        return client.submit(openForm(client), "#kc-register-form", profile());
    }

    private static Page openForm(WebClient client) {
        return client.click(client.openSignIn(), "a[href*=registration]");
    }

    private Page typeName(WebClient client) {
        return client.submit(client.openSignIn(), "#kc-form-login", Map.of("username", person.username()));
    }

    private Page create(WebClient client, Page page) {
        return client.submitPasskey(
                page, authenticator.register(page.options(), realm.origin()).json());
    }

    private Map<String, String> profile() {
        return new HashMap<>(Map.of(
                "username", person.username(), "email", person.email(), "firstName", "Ada", "lastName", "Example"));
    }

    private Person signedUp() {
        return realm.find(person).orElseThrow(() -> new AssertionError("nobody signed up"));
    }

    private List<String> credentialTypes() {
        List<String> types = new ArrayList<>();
        for (JsonNode credential : realm.admin().get("/users/" + signedUp().id() + "/credentials")) {
            types.add(credential.path("type").asText());
        }
        return types;
    }
}
