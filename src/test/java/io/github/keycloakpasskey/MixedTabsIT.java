package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.IdentityProvider;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Keycloak keeps the steps that a browser tab has completed when the tab's user changes or is cleared. An attacker can
 * cause that with an account of their own. The completed steps must not count for any other user.
 */
@BrowserTest
class MixedTabsIT {

    private static final Step PASSWORD = Step.required("auth-username-password-form");
    private static final Step PASSKEY = Step.required("passkey-authenticator");
    private static final Step NAME = Step.required("passkey-username-form");
    private static final Step BOTH = Step.required("passkey-username-password-form");
    private static final Map<String, String> ANY_ORGANIZATION = Map.of("scope", "openid organization");

    private final SoftwareAuthenticator victims = new SoftwareAuthenticator();
    private final SoftwareAuthenticator attackers = new SoftwareAuthenticator();

    private TestRealm realm;
    private Person victim;
    private Person attacker;

    @BeforeEach
    void twoPeople(TestRealm realm) {
        this.realm = realm;
        victim = realm.newPerson();
        realm.newClient().register(victim, victims);
        attacker = realm.newPerson();
        realm.newClient().register(attacker, attackers);
    }

    /** A found security key without a PIN is one factor. The password of another account is not the second factor. */
    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aPasswordDoesNotCountAfterTheTabForgetsItsUser() {
        realm.signInWith(PASSWORD, PASSKEY);
        WebClient client = realm.newClient();
        Page signIn = client.openSignIn();
        Page passkey = client.submitPassword(signIn, attacker);
        assertThat(passkey.ceremony()).isEqualTo("authentication");
        forgetTheUser(client, signIn);

        assertStartsAnew(client.openInSameTab(signIn, "authenticate"));
    }

    private static void assertStartsAnew(Page page) {
        assertThat(page.hasPasskeyForm()).isFalse();
        assertThat(page.document().select("#username")).isNotEmpty();
        assertThat(page.document().select("#password")).isNotEmpty();
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aPasskeyOfOneUserAndAPasswordOfAnotherAreRefused() {
        realm.signInWith(PASSKEY, PASSWORD);
        realm.endSessions(victim);
        realm.forgetEvents();
        WebClient client = realm.newClient();
        Page signIn = client.openSignIn();
        assertThat(client.signIn(signIn, attackers).hasPasswordForm()).isTrue();
        forgetTheUser(client, signIn);
        Page password = client.openInSameTab(signIn, "authenticate");

        Page next = client.submitPassword(password, victim);

        assertThat(next.isBackAtApp()).isFalse();
        assertThat(next.status()).isEqualTo(400);
        realm.awaitEvent("LOGIN_ERROR", event -> event.path("error").asText().equals("generic_authentication_error"));
        realm.assertNone("LOGIN");
    }

    /** A user who only opened another page can continue without help. */
    @Test
    void aRefusedUserCanStartAgainAndSignIn() {
        realm.signInWith(PASSKEY, PASSWORD);
        WebClient client = realm.newClient();
        Page signIn = client.openSignIn();
        client.signIn(signIn, victims);
        client.openInSameTab(signIn, "reset-credentials");
        Page password = client.openInSameTab(signIn, "authenticate");
        assertThat(client.submitPassword(password, victim).status()).isEqualTo(400);

        Page passkey = client.openInSameTab(signIn, "authenticate");
        Page again = client.signIn(passkey, victims);

        assertThat(client.submitPassword(again, victim).isBackAtApp()).isTrue();
    }

    @Test
    void aRestartedFlowShowsTheUserWhy() {
        realm.signInWith(PASSWORD, PASSKEY);
        WebClient client = realm.newClient();
        Page signIn = client.openSignIn();
        client.openInSameTab(signIn, "reset-credentials");
        Page password = client.openInSameTab(signIn, "authenticate");

        Page again = client.submitPassword(password, victim);

        assertThat(again.text()).contains("Action expired. Please continue with login now.");
        assertThat(client.submitPassword(again, victim).ceremony()).isEqualTo("authentication");
    }

    /** A pushed authorization request is valid for one login, even if that login restarts. */
    @Test
    @Shows(Threat.REPLAY)
    void aPushedRequestServesOneLoginEvenAfterARestart() {
        realm.signInWith(PASSWORD, PASSKEY);
        WebClient client = realm.newClient();
        Map<String, String> pushed = client.push();
        Page signIn = client.openSignIn(pushed);
        client.openInSameTab(signIn, "reset-credentials");
        Page password = client.openInSameTab(signIn, "authenticate");
        Page again = client.submitPassword(password, victim);
        Page passkey = client.submitPassword(again, victim);
        assertThat(client.signIn(passkey, victims).isBackAtApp()).isTrue();

        assertThat(realm.newClient().openSignIn(pushed).status()).isEqualTo(400);
    }

    /** Another page must not skip the steps that the realm requires after an identity provider. */
    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void stoppingAfterAnIdentityProviderDoesNotSignIn(TestBrowser browser) {
        IdentityProvider provider = IdentityProvider.of(realm);
        provider.thenAsk(BOTH);
        realm.signInWith(PASSKEY);
        browser.openSignIn(realm, Map.of());
        browser.page().click("#social-" + provider.alias());
        browser.signInWithPassword(provider.person());
        assertThat(browser.page().locator("#password")).isVisible();
        String stopped = browser.page().locator("#kc-form-login").getAttribute("action");

        browser.page()
                .navigate(stopped.replaceAll("login-actions/[a-z-]+", "login-actions/authenticate")
                        .replaceAll("(session_code|execution)=[^&]*&?", ""));

        assertThat(browser.page().locator("#username")).isVisible();
        assertThat(browser.page().locator("#passkey-form")).hasAttribute("data-ceremony", "authentication");
        assertThat(browser.page().locator("#kc-attempted-username")).hasCount(0);
    }

    /** The single sign-on session of a refused user does not count for any other user. */
    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void aUserRefusedByAnOrganizationCannotContinueAsAnotherUser() {
        String other = "other-" + UUID.randomUUID();
        realm.change(Map.of("organizationsEnabled", true));
        realm.newOrganization("one-" + other, "one." + other + ".example", attacker);
        realm.newOrganization("two-" + other, "two." + other + ".example", attacker);
        realm.newOrganization(other, other + ".example", victim);
        realm.signInWith(Step.alternative("auth-cookie"), Step.alternative(BOTH));
        WebClient client = realm.newClient();
        assertThat(client.submitPassword(client.openSignIn(), attacker).isBackAtApp())
                .isTrue();
        realm.signInWith(
                Step.alternative("auth-cookie"),
                Step.alternative("passkey-organization").with(Map.of("requiresUserMembership", "true")),
                Step.alternative(BOTH));
        Page choice = client.openSignIn(ANY_ORGANIZATION);
        assertThat(choice.text()).contains("Select an organization");

        Page turnedAway = client.submitOnly(choice, "form", Map.of("kc.org", other));
        assertThat(turnedAway.status()).isEqualTo(403);
        Page again = client.openInSameTab(choice, "authenticate");

        assertThat(again.text()).contains("Select an organization");
        assertThat(again.document().select("#username")).isEmpty();
    }

    /** Password attempts for a locked account must not extend the lock. */
    @Test
    @Shows(Threat.LOCK_OUT)
    void passwordsForALockedAccountAreNotCountedAsFailures() {
        realm.signInWith(NAME, BOTH);
        realm.change(Map.of("failureFactor", 2));
        WebClient client = realm.newClient();

        assertIsLockedOnce(victim, client, ask(client, victim.username()));
    }

    private void assertIsLockedOnce(Person person, WebClient client, Page first) {
        Page page = wrongPassword(client, first);
        page = wrongPassword(client, page);
        realm.assertFailuresCounted(person, 2);

        for (String password : List.of("wrong", person.password(), "")) {
            page = client.submit(page, "#kc-form-login", Map.of("password", password));
            assertThat(page.error()).contains("Invalid username or password");
        }

        realm.assertFailuresCounted(person, 2);
    }

    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void keycloaksOtherPagesLookTheSameForEveryUsername() {
        Person withoutPasskey = realm.newPerson();
        List<String> names = List.of(victim.username(), withoutPasskey.username(), "ada-" + UUID.randomUUID());
        for (Step second : List.of(PASSKEY, BOTH)) {
            realm.signInWith(NAME, second);
            List<String> otherWays = new ArrayList<>();
            List<String> resets = new ArrayList<>();
            for (String name : names) {
                WebClient client = realm.newClient();
                Page page = ask(client, name);
                otherWays.add(client.submitOnly(page, "#passkey-form", Map.of("tryAnotherWay", "on"))
                        .shape(name));
                Page reset = client.openInSameTab(page, "reset-credentials");
                resets.add(client.submit(reset, "#kc-reset-password-form", Map.of("username", attacker.username()))
                        .shape(name));
            }
            assertThat(otherWays).allMatch(otherWays.get(0)::equals);
            assertThat(resets).allMatch(resets.get(0)::equals);
        }
    }

    /** The organization step also asks for a username, so the same rule holds after it. */
    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void passwordResetLooksTheSameForEveryUsernameAfterTheOrganizationStep() {
        signInWithOrganizations();
        List<String> resets = new ArrayList<>();
        for (String name : List.of(victim.username(), "ada-" + UUID.randomUUID())) {
            WebClient client = realm.newClient();
            Page reset = client.openInSameTab(ask(client, name), "reset-credentials");
            resets.add(reset.shape(name));
            resets.add(client.submit(reset, "#kc-reset-password-form", Map.of("username", attacker.username()))
                    .shape(name));
        }
        assertThat(resets.subList(0, 2)).isEqualTo(resets.subList(2, 4));
    }

    private void signInWithOrganizations() {
        String other = "other-" + UUID.randomUUID();
        realm.change(Map.of("organizationsEnabled", true));
        realm.newOrganization(other, other + ".example");
        realm.signInWith(Step.alternative("passkey-organization"), Step.alternative(BOTH));
    }

    private void forgetTheUser(WebClient client, Page tab) {
        Page reset = client.openInSameTab(tab, "reset-credentials");
        client.submit(reset, "#kc-reset-password-form", Map.of("username", "ada-" + UUID.randomUUID()));
    }

    private static Page wrongPassword(WebClient client, Page page) {
        return client.submit(page, "#kc-form-login", Map.of("password", "wrong"));
    }

    private static Page ask(WebClient client, String name) {
        return client.submit(client.openSignIn(), "#kc-form-login", Map.of("username", name));
    }
}
