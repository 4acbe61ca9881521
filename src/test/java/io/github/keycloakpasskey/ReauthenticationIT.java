package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.keycloakpasskey.testbed.Await;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.IdentityProvider;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A signed-in user authenticates again, with a passkey or in the way they signed in before. */
@BrowserTest
class ReauthenticationIT {

    private static final Step COOKIE = Step.alternative("auth-cookie");
    private static final Step PASSWORD_OR_PASSKEY = Step.alternative(Step.required("passkey-username-password-form"));
    private static final Step PASSKEY_ALONE = Step.alternative(Step.required("passkey-authenticator"));

    @ParameterizedTest
    @CsvSource({"prompt, login", "max_age, 0"})
    void aSignedInUserReauthenticatesWithAPasskey(String demand, String value, TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.register(realm, person);
        realm.signInWith(COOKIE, PASSKEY_ALONE);
        browser.openSignIn(realm, Map.of());
        browser.usePasskey();
        long first = browser.awaitIdToken(realm).path("auth_time").asLong();
        Await.until(
                "the next second, as ages are counted in whole ones",
                () -> Instant.now().getEpochSecond() > first);

        browser.openSignIn(realm, Map.of(demand, value));
        assertThat(browser.page().locator("#kc-attempted-username")).hasValue(person.username());
        assertThat(browser.page().locator("#username")).hasCount(0);
        browser.usePasskey();

        assertThat(browser.awaitIdToken(realm).path("auth_time").asLong()).isGreaterThan(first);
        assertThat(browser.authenticator().asserted()).hasSize(2);
    }

    @Test
    void aSignedInUserWithoutAPasskeyReauthenticatesWithThePassword(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        realm.signInWith(
                COOKIE, Step.alternative("passkey-authenticator"), Step.alternative("auth-username-password-form"));
        browser.openSignIn(realm, Map.of());
        browser.tryAnotherWay("Username and password");
        browser.signInWithPassword(person);
        browser.awaitBackAtApp(realm);

        browser.openSignIn(realm, Map.of("prompt", "login"));
        assertThat(browser.page().locator("#passkey-start")).hasCount(0);
        browser.page().fill("#password", person.password());
        browser.page().click("#kc-login");

        browser.awaitBackAtApp(realm);
    }

    /** Keycloak's built-in passkeys show an error page here. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aUserOfAnIdentityProviderReauthenticatesThere(boolean passwordPage, TestRealm realm, TestBrowser browser) {
        IdentityProvider provider = IdentityProvider.of(realm);
        Page page = browser.page();
        realm.signInWith(COOKIE, passwordPage ? PASSWORD_OR_PASSKEY : PASSKEY_ALONE);
        browser.openSignIn(realm, Map.of());
        page.click("#social-" + provider.alias());
        browser.signInWithPassword(provider.person());
        browser.awaitBackAtApp(realm);
        provider.endSessions();

        browser.openSignIn(realm, Map.of("prompt", "login"));

        assertThat(page.locator("#passkey-start")).hasCount(0);
        assertThat(page.locator("#password")).hasCount(0);
        assertThat(page.locator("body")).containsText("sign in again the way you did before");
        browser.screenshot("reauthentication-without-passkey-" + (passwordPage ? "password-page" : "alone"));
        page.click("#social-" + provider.alias());
        browser.signInWithPassword(provider.person());
        browser.awaitBackAtApp(realm);
    }

    /** The passkey is the second factor of users who sign in through an identity provider. */
    @Test
    void aUserOfAnIdentityProviderCreatesAPasskeyAndIsAskedForItNextTime(TestRealm realm, TestBrowser browser) {
        IdentityProvider provider = IdentityProvider.of(realm);
        Page page = browser.page();
        realm.signInWith(COOKIE, PASSWORD_OR_PASSKEY);
        provider.thenAsk(Step.required("passkey-authenticator"));
        browser.openSignIn(realm, Map.of());
        page.click("#social-" + provider.alias());
        browser.signInWithPassword(provider.person());
        assertThat(page.locator("body")).containsText("Create a passkey");
        browser.usePasskey();
        browser.awaitBackAtApp(realm);
        browser.forgetSessions();

        browser.openSignIn(realm, Map.of());
        page.click("#social-" + provider.alias());
        browser.signInWithPassword(provider.person());
        browser.usePasskey();

        browser.awaitBackAtApp(realm);
        assertThat(browser.authenticator().asserted()).hasSize(1);
    }

    /** The same flow is bound twice. Steps completed before the identity provider do not count in the flow after it. */
    @Test
    void theFlowAfterAnIdentityProviderCanBeTheBrowserFlow(TestRealm realm, TestBrowser browser) {
        IdentityProvider provider = IdentityProvider.of(realm);
        realm.change(Map.of("browserFlow", provider.thenAsk(Step.required("passkey-authenticator"))));

        browser.openSignIn(realm, Map.of());
        browser.page().click("#social-" + provider.alias());
        browser.signInWithPassword(provider.person());
        browser.usePasskey();

        browser.awaitBackAtApp(realm);
        realm.assertNone("LOGIN_ERROR");
    }
}
