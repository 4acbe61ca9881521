package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The username comes first, then the passkey or the next step. Unless a condition decides, the pages do not reveal
 * whether the user exists or has a passkey.
 */
@BrowserTest
class IdentityFirstIT {

    private static final Step NAME = Step.required("passkey-username-form");
    private static final Step BOTH = Step.required("passkey-username-password-form");
    private static final Step EITHER = Step.required(
            Step.alternative("passkey-authenticator"), Step.alternative("passkey-username-password-form"));
    private static final Step IF_THERE_IS_ONE =
            Step.conditional(Step.required("conditional-user-has-passkey"), Step.required("passkey-authenticator"));
    private static final Step ELSE = Step.conditional(
            Step.required("conditional-user-has-passkey").with(Map.of("user-has", "none")),
            Step.required("passkey-username-password-form"));

    private static final String UNKNOWN_ID =
            Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();
    private final SoftwareAuthenticator stranger = new SoftwareAuthenticator();

    private Person withPasskey;
    private Person withPassword;
    private String nobody;

    @BeforeEach
    void threeNames(TestRealm realm) {
        withPasskey = realm.newPerson();
        realm.newClient().register(withPasskey, authenticator);
        withPassword = realm.newPerson();
        nobody = "ada-" + UUID.randomUUID().toString().substring(0, 13);
        realm.newClient().register(realm.newPerson(), stranger);
    }

    @Test
    void onePageAfterTheUsernameTakesAPasskeyOrAPassword(TestRealm realm, TestBrowser browser) {
        Person person = registerInBrowser(realm, browser);
        realm.signInWith(NAME, BOTH);
        var page = browser.page();

        typeName(realm, browser, person.username());
        assertThat(page.locator("#kc-attempted-username")).hasValue(person.username());
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        browser.forgetSessions();

        typeName(realm, browser, withPassword.username());
        page.fill("#password", withPassword.password());
        page.click("#kc-login");
        assertThat(browser.awaitUsername(realm)).isEqualTo(withPassword.username());
    }

    @Test
    void autofillOnTheFirstPageSignsInWithoutAnyName(TestRealm realm, TestBrowser browser) {
        Person person = registerInBrowser(realm, browser);
        for (Step next : List.of(BOTH, Step.required("passkey-authenticator"))) {
            realm.signInWith(NAME, next);
            browser.openSignIn(realm, Map.of());
            assertThat(browser.page().locator("#username")).hasAttribute("autocomplete", "username webauthn");
            browser.screenshot("username-and-passkey");

            browser.authenticator().answering(true);
            browser.openSignIn(realm, Map.of());
            assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());

            browser.authenticator().answering(false);
            browser.forgetSessions();
        }
    }

    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void theFirstPageTellsNothingOfANameOrAPasskeyThatIsRefused(TestRealm realm) {
        realm.signInWith(NAME, BOTH);
        List<String> pages = new ArrayList<>();
        for (String name : names()) {
            WebClient client = realm.newClient();
            Page page = client.openSignIn(Map.of("login_hint", name));
            assertThat(page.option("allowCredentials")).isEmpty();
            page = client.submit(
                    page,
                    "#passkey-form",
                    Map.of(
                            "username",
                            name,
                            "passkeyResponse",
                            forged(
                                    realm,
                                    page,
                                    name.equals(nobody)
                                            ? UNKNOWN_ID
                                            : authenticator.newest().id(),
                                    true)));
            assertThat(page.error()).contains("could not be checked");
            assertThat(page.option("allowCredentials")).isEmpty();
            pages.add(page.shape(name));
        }
        assertAlike(pages);
    }

    @Test
    void autofillInThePasswordFieldOffersThePasskeyOfTheUser(TestRealm realm, TestBrowser browser) {
        Person person = registerInBrowser(realm, browser);
        realm.signInWith(NAME, BOTH);
        browser.openSignIn(realm, Map.of());
        browser.page().fill("#username", person.username());

        browser.authenticator().answering(true);
        browser.page().click("#kc-login");

        browser.awaitBackAtApp(realm);
    }

    @Test
    void aConditionalFlowAsksForThePasskeyOrElseForThePassword(TestRealm realm, TestBrowser browser) {
        Person person = registerInBrowser(realm, browser);
        realm.signInWith(NAME, IF_THERE_IS_ONE, ELSE);
        var page = browser.page();

        typeName(realm, browser, person.username());
        assertThat(page.locator("#password")).hasCount(0);
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        browser.forgetSessions();

        typeName(realm, browser, withPassword.username());
        page.fill("#password", withPassword.password());
        page.click("#kc-login");
        assertThat(browser.awaitUsername(realm)).isEqualTo(withPassword.username());
    }

    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void thePasskeyOrPasswordPageIsTheSameForEveryUsername(TestRealm realm) {
        realm.signInWith(NAME, BOTH);

        assertPagesAlike(realm);
    }

    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void aWrongPasswordFailsTheSameWayForEveryUsername(TestRealm realm) {
        realm.signInWith(NAME, BOTH);
        for (String password : List.of("wrong", "")) {
            List<String> pages = new ArrayList<>();
            for (String name : names()) {
                WebClient client = realm.newClient();
                var next = client.submit(ask(client, name), "#kc-form-login", Map.of("password", password));
                assertThat(next.error()).contains("Invalid username or password");
                assertThat(next.document().select("#username")).isEmpty();
                pages.add(next.shape(name));
            }
            assertAlike(pages);
        }
    }

    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void alternativesOfPasskeyAndPasswordLookTheSameForEveryUsername(TestRealm realm) {
        realm.signInWith(NAME, EITHER);

        assertPagesAlike(realm);
    }

    /**
     * A condition reveals who has a passkey, which is the administrator's choice. An unknown username still does not
     * stand out.
     */
    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void aUserWithoutAPasskeyLooksLikeAnUnknownUsernameAfterACondition(TestRealm realm) {
        realm.signInWith(NAME, IF_THERE_IS_ONE, ELSE);

        var known = ask(realm.newClient(), withPassword.username());
        var unknown = ask(realm.newClient(), nobody);

        assertThat(known.hasPasswordForm()).isTrue();
        assertAlike(List.of(known.shape(withPassword.username()), unknown.shape(nobody)));
    }

    /** An attacker can enter a username, note the listed ids, and post one of them in another login. */
    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void aListedCredentialIdRevealsNothingInAnotherLogin(TestRealm realm) {
        for (Step[] flow : List.of(
                new Step[] {NAME, Step.required("passkey-authenticator")},
                new Step[] {Step.required("passkey-authenticator")})) {
            List<String> pages = new ArrayList<>();
            for (String name : names()) {
                realm.signInWith(NAME, Step.required("passkey-authenticator"));
                String id = firstOfTheList(ask(realm.newClient(), name));
                realm.signInWith(flow);
                WebClient client = realm.newClient();
                var page = flow.length == 1 ? client.openSignIn() : ask(client, "nonsense");
                for (boolean readable : List.of(true, false)) {
                    page = client.submitPasskey(page, forged(realm, page, id, readable));
                    pages.add(readable + page.shape(name));
                }
            }
            assertThat(pages).hasSize(2 * names().size());
            assertThat(pages.stream().distinct()).hasSize(2);
        }
    }

    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void aListedCredentialIdUsedAsUserHandleRevealsNothing(TestRealm realm) {
        realm.signInWith(NAME, Step.required("passkey-authenticator"));
        List<String> pages = new ArrayList<>();
        for (String name : names()) {
            WebClient client = realm.newClient();
            var page = ask(client, name);
            String id = firstOfTheList(page);
            String answer = stranger.authenticate(page.optionsWithoutList(), realm.origin())
                    .response(json -> {
                        json.put("id", id).put("rawId", id);
                        json.withObject("/response").put("userHandle", id).put("clientDataJSON", "AA");
                        return json;
                    })
                    .json();
            pages.add(client.submitPasskey(page, answer).shape(name));
        }
        assertAlike(pages);
    }

    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void disablingAnAccountDoesNotChangeItsListedPasskeys(TestRealm realm) {
        realm.signInWith(NAME, Step.required("passkey-authenticator"));
        var before = ask(realm.newClient(), withPasskey.username()).option("allowCredentials");
        assertThat(before)
                .extracting(credential -> credential.path("id").asText())
                .contains(authenticator.newest().id());

        realm.change(withPasskey, user -> user.put("enabled", false));

        WebClient client = realm.newClient();
        var page = ask(client, withPasskey.username());
        assertThat(page.option("allowCredentials")).isEqualTo(before);
        assertThat(client.signIn(page, authenticator).error()).contains("This account is disabled");
    }

    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void aUsernameAloneDoesNotSignIn(TestRealm realm) {
        realm.signInWith(
                NAME,
                Step.conditional(Step.required("conditional-user-configured"), Step.required("passkey-authenticator")));

        realm.forgetEvents();
        for (String name : names()) {
            WebClient client = realm.newClient();
            var page = ask(client, name);
            assertThat(page.isBackAtApp()).isFalse();
            assertThat(page.status()).isLessThan(500);
        }
        realm.assertNone("LOGIN");
    }

    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void aServiceAccountLooksLikeAnUnknownUsername(TestRealm realm) {
        String client = realm.newServiceAccount();
        realm.signInWith(NAME, BOTH);

        String name = "service-account-" + client;

        assertAlike(List.of(
                ask(realm.newClient(), name).shape(name),
                ask(realm.newClient(), nobody).shape(nobody)));
    }

    /** Keycloak's page for a forgotten password leaves the named user in the tab, and anyone can name a user there. */
    @Test
    @Shows({Threat.ACCOUNT_PROBE, Threat.UNPROVEN_NAME})
    void aUsernameEnteredForAForgottenPasswordDoesNotChangeTheSignInPage(TestRealm realm) {
        for (Step[] flow : List.of(new Step[] {NAME, BOTH}, new Step[] {Step.required("passkey-authenticator")})) {
            realm.signInWith(flow);
            List<String> pages = new ArrayList<>();
            for (String name : names()) {
                WebClient client = realm.newClient();
                var signIn = client.openSignIn();
                var reset = client.openInSameTab(signIn, "reset-credentials");
                client.submit(reset, "#kc-reset-password-form", Map.of("username", name));
                pages.add(client.openInSameTab(signIn, "authenticate").shape(name));
            }
            assertAlike(pages);
        }
    }

    private List<String> names() {
        return List.of(withPasskey.username(), withPassword.username(), nobody);
    }

    private void assertPagesAlike(TestRealm realm) {
        assertAlike(names().stream()
                .map(name -> ask(realm.newClient(), name).shape(name))
                .toList());
    }

    private static void assertAlike(List<String> pages) {
        assertThat(pages).hasSizeGreaterThan(1).doesNotContain("").allMatch(pages.get(0)::equals);
    }

    /** The id of the first passkey that the page asks for. The page asks for at least one for every username. */
    private static String firstOfTheList(Page page) {
        assertThat(page.option("allowCredentials")).isNotEmpty();
        String id = page.option("allowCredentials").path(0).path("id").asText();
        assertThat(id).isNotBlank();
        return id;
    }

    /** A well-formed response for this page, signed with a key that does not belong to the credential id. */
    private String forged(TestRealm realm, Page page, String credentialId, boolean readable) {
        return stranger.authenticate(page.optionsWithoutList(), realm.origin())
                .credentialId(Base64.getUrlDecoder().decode(credentialId))
                .withoutUserHandle()
                .clientData(bytes -> readable ? bytes : new byte[] {0})
                .json();
    }

    private static Page ask(WebClient client, String name) {
        return client.submit(client.openSignIn(), "#kc-form-login", Map.of("username", name));
    }

    private static Person registerInBrowser(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.register(realm, person);
        return person;
    }

    private static void typeName(TestRealm realm, TestBrowser browser, String name) {
        browser.openSignIn(realm, Map.of());
        browser.page().fill("#username", name);
        browser.page().click("#kc-login");
    }
}
