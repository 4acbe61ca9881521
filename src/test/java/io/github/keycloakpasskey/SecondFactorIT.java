package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.BuiltInPages;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.SoftwarePasskey;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The passkey after another step: as a second factor, for a higher level of authentication, and once for each login.
 */
@BrowserTest
class SecondFactorIT {

    private static final Step COOKIE = Step.alternative("auth-cookie");
    private static final Step PASSWORD = Step.required("auth-username-password-form");
    private static final Step PASSKEY = Step.required("passkey-authenticator");
    private static final Step PASSWORD_OR_PASSKEY = Step.required("passkey-username-password-form");
    private static final Step IF_SET_UP = Step.conditional(Step.required("conditional-user-configured"), PASSKEY);

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    @Test
    void onlyUsersWithAPasskeyAreAskedForItAfterThePassword(TestRealm realm, TestBrowser browser) {
        Person person = registerInBrowser(realm, browser);
        realm.signInWith(PASSWORD, IF_SET_UP);
        Page page = browser.page();
        browser.openSignIn(realm, Map.of());
        browser.signInWithPassword(person);

        assertThat(page.locator("#kc-attempted-username")).hasValue(person.username());
        assertThat(page.locator("#username")).hasCount(0);
        assertThat(page.locator("#passkey-start")).isEnabled();
        browser.screenshot("second-factor");
        browser.usePasskey();

        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        browser.forgetSessions();
        Person withoutPasskey = realm.newPerson();
        browser.openSignIn(realm, Map.of());
        browser.signInWithPassword(withoutPasskey);
        assertThat(browser.awaitUsername(realm)).isEqualTo(withoutPasskey.username());
    }

    @Test
    void aPasskeyReachesTheHigherLevelAndTheSessionKeepsIt(TestRealm realm, TestBrowser browser) {
        Person person = registerInBrowser(realm, browser);
        realm.signInWith(
                COOKIE,
                Step.alternative(
                        Step.conditional(level(1), PASSWORD),
                        Step.conditional(level(2), PASSKEY.with(Map.of("user-verification", "required")))));
        realm.change(Map.of("attributes", Map.of("acr.loa.map", "{\"basic\":1,\"strong\":2}")));
        Page page = browser.page();
        browser.openSignIn(realm, Map.of("acr_values", "basic"));
        browser.signInWithPassword(person);
        assertThat(browser.awaitIdToken(realm).path("acr").asText()).isEqualTo("basic");

        browser.openSignIn(realm, Map.of("acr_values", "strong"));
        assertThat(page.locator("#password")).hasCount(0);
        browser.usePasskey();
        assertThat(browser.awaitIdToken(realm).path("acr").asText()).isEqualTo("strong");

        browser.openSignIn(realm, Map.of("acr_values", "strong"));
        assertThat(browser.awaitIdToken(realm).path("acr").asText()).isEqualTo("strong");
        assertThat(browser.authenticator().asserted()).hasSize(1);
    }

    /** The user is signed in but has no passkey. Creating one reaches the level. */
    @Test
    void aUserWithoutAPasskeyCreatesOneToReachTheHigherLevel(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        realm.signInWith(
                COOKIE, Step.alternative(Step.conditional(level(1), PASSWORD), Step.conditional(level(2), PASSKEY)));
        realm.change(Map.of("attributes", Map.of("acr.loa.map", "{\"basic\":1,\"strong\":2}")));
        browser.openSignIn(realm, Map.of("acr_values", "basic"));
        browser.signInWithPassword(person);
        browser.awaitBackAtApp(realm);

        browser.openSignIn(realm, Map.of("acr_values", "strong"));
        assertThat(browser.page().locator("body")).containsText("Create a passkey");
        browser.usePasskey();

        assertThat(browser.awaitIdToken(realm).path("acr").asText()).isEqualTo("strong");
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    void aPasskeyIsAskedForOncePerLogin(TestRealm realm, TestBrowser browser) {
        registerInBrowser(realm, browser);
        realm.signInWith(PASSWORD_OR_PASSKEY, PASSKEY, IF_SET_UP, PASSWORD_OR_PASSKEY);
        browser.openSignIn(realm, Map.of());

        browser.usePasskey();

        browser.awaitBackAtApp(realm);
        assertThat(browser.authenticator().asserted()).hasSize(1);
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aPasskeyWithoutUserVerificationDoesNotPassAStepThatRequiresIt(TestRealm realm) {
        realm.newClient().register(realm.newPerson(), authenticator);
        realm.signInWith(
                PASSKEY.with(Map.of("user-verification", "discouraged")),
                PASSKEY.with(Map.of("user-verification", "preferred")),
                PASSKEY.with(Map.of("user-verification", "required")));
        WebClient client = realm.newClient();
        var page = client.openSignIn();

        page = client.submitPasskey(
                page,
                authenticator
                        .authenticate(page.options(), realm.origin())
                        .clear(Flag.USER_VERIFIED)
                        .json());

        assertThat(page.isBackAtApp()).isFalse();
        assertThat(page.option("userVerification").asText()).isEqualTo("required");
        assertThat(client.signIn(page, authenticator).isBackAtApp()).isTrue();
    }

    /** After the tab has named another user, the flow restarts even for its first user. */
    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aPasskeyIsAskedForAgainAfterTheTabNamedAnotherUser(TestRealm realm) {
        Person victim = realm.newPerson();
        realm.newClient().register(victim, new SoftwareAuthenticator());
        Person attacker = realm.newPerson();
        realm.newClient().register(attacker, authenticator);
        realm.mailbox();
        realm.signInWith(PASSKEY, Step.required("auth-username-form"), Step.required("auth-password-form"), PASSKEY);
        realm.forgetEvents();
        WebClient client = realm.newClient();
        var signIn = client.openSignIn();
        client.signIn(signIn, authenticator);
        var reset = client.openInSameTab(signIn, "reset-credentials");
        var refused = client.submit(reset, "#kc-reset-password-form", Map.of("username", victim.username()));
        assertThat(refused.status()).isEqualTo(400);

        var page = client.openInSameTab(signIn, "authenticate");
        assertThat(page.hasPasswordForm()).isTrue();
        assertThat(page.hasPasskeyForm()).isFalse();
        page = client.submit(page, "#kc-form-login", Map.of("password", victim.password()));

        assertThat(page.error()).contains("Invalid password");
        // Until Keycloak has counted the failure, it refuses the next password of this user.
        realm.assertFailuresCounted(attacker, 1);
        page = client.submit(page, "#kc-form-login", Map.of("password", attacker.password()));
        assertThat(page.ceremony()).isEqualTo("authentication");
        assertThat(page.has("#username")).isTrue();
        realm.assertNone("LOGIN");
    }

    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void aPasswordOfOneUserDoesNotProveAnotherUser(TestRealm realm) {
        Person victim = realm.newPerson();
        Person attacker = realm.newPerson();
        realm.newClient().register(attacker, authenticator);
        realm.signInWith(PASSWORD, PASSKEY);
        WebClient client = realm.newClient();
        var signIn = client.openSignIn();
        client.submitPassword(signIn, attacker);
        var reset = client.openInSameTab(signIn, "reset-credentials");
        client.submit(reset, "#kc-reset-password-form", Map.of("username", victim.username()));

        var page = client.openInSameTab(signIn, "authenticate");

        assertThat(page.isBackAtApp()).isFalse();
        assertThat(page.hasPasskeyForm()).isFalse();
        assertThat(page.hasPasswordForm()).isTrue();
        assertThat(realm.passkeys(victim)).isEmpty();
    }

    @Test
    @Shows(Threat.SECOND_FACTOR_BY_FIRST)
    void aPasswordAloneAddsNoSecondPasskeyWhereThePasskeyIsTheHigherLevel(TestRealm realm) {
        Person victim = realm.newPerson();
        realm.newClient().register(victim, new SoftwareAuthenticator());
        realm.signInWith(
                Step.conditional(level(1), Step.required("auth-username-password-form")),
                Step.conditional(level(2), Step.required("passkey-authenticator")));
        realm.require(victim, "passkey-register");
        WebClient mallory = realm.newClient();

        var page = mallory.submitPassword(mallory.openSignIn(), victim);

        assertThat(page.has("[data-ceremony=registration]")).isFalse();
        assertThat(page.isBackAtApp()).isTrue();
        assertThat(realm.passkeys(victim)).hasSize(1);
        assertThat(realm.admin()
                        .get("/users/" + victim.id())
                        .path("requiredActions")
                        .get(0)
                        .asText())
                .isEqualTo("passkey-register");
    }

    /** Keycloak's rule of levels knows no level for its built-in type, which no step of the flow asks for. */
    @Test
    @Shows(Threat.SECOND_FACTOR_BY_FIRST)
    void aBuiltInPasskeyThatAPasswordAloneCreatedIsNotUsedForTheHigherLevel(TestRealm realm) {
        Person victim = realm.newPerson();
        SoftwareAuthenticator mallorys = new SoftwareAuthenticator();
        realm.signInWith(
                Step.conditional(level(1), Step.required("auth-username-password-form")),
                Step.conditional(level(2), Step.required("passkey-authenticator")));
        SoftwarePasskey created = BuiltInPages.register(realm, victim, mallorys, BuiltInPages.REGISTER_PASSKEY);
        WebClient mallory = realm.newClient();

        var page = mallory.submitPassword(mallory.openSignIn(Map.of("acr_values", "2")), victim);

        assertThat(page.ceremony()).isEqualTo("registration");
        assertThat(page.options()).doesNotContain(created.id());
    }

    @Test
    @Shows(Threat.SECOND_FACTOR_BY_FIRST)
    void whereNoBuiltInPasskeyCanBeCreatedAnOlderOneIsUsedForTheHigherLevel(TestRealm realm) {
        Person person = realm.newPerson();
        SoftwareAuthenticator authenticator = new SoftwareAuthenticator();
        BuiltInPages.register(realm, person, authenticator, BuiltInPages.REGISTER_PASSKEY);
        realm.changeRequiredAction(BuiltInPages.REGISTER_PASSKEY, "enabled", false);
        realm.signInWith(
                Step.conditional(level(1), Step.required("auth-username-password-form")),
                Step.conditional(level(2), Step.required("passkey-authenticator")));
        WebClient mallory = realm.newClient();
        var registration = mallory.submitPassword(mallory.openSignIn(Map.of("kc_action", "passkey-register")), person);
        assertThat(registration.has("[data-ceremony=registration]")).isFalse();

        WebClient client = realm.newClient();
        var page = client.submitPassword(client.openSignIn(Map.of("acr_values", "2")), person);
        assertThat(page.ceremony()).isEqualTo("authentication");
        assertThat(client.signIn(page, authenticator).isBackAtApp()).isTrue();
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    void aUserWithoutAPasskeyCreatesOneAtTheLevelOfThePassword(TestRealm realm) {
        Person person = realm.newPerson();
        realm.signInWith(
                Step.conditional(level(1), Step.required("auth-username-password-form")),
                Step.conditional(level(2), Step.required("passkey-authenticator")));
        realm.require(person, "passkey-register");
        WebClient client = realm.newClient();

        var page = client.submitPassword(client.openSignIn(), person);

        assertThat(page.ceremony()).isEqualTo("registration");
    }

    private static Step level(int level) {
        return Step.required("conditional-level-of-authentication")
                .with(Map.of("loa-condition-level", String.valueOf(level), "loa-max-age", "300"));
    }

    private static Person registerInBrowser(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.register(realm, person);
        return person;
    }
}
