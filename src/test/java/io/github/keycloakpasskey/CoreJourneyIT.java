package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.OnEachVersion;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every user does with a passkey, in Chromium, on each version of Keycloak that the JAR is built for. */
@OnEachVersion
@BrowserTest
class CoreJourneyIT {

    private static final Step PASSWORD = Step.required("auth-username-password-form");
    private static final Step PASSKEY = Step.required("passkey-authenticator");

    private TestRealm realm;
    private TestBrowser browser;
    private Person person;

    @BeforeEach
    void aUserWithAPasskey(TestRealm realm, TestBrowser browser) {
        this.realm = realm;
        this.browser = browser;
        person = realm.newPerson();
        realm.require(person, "passkey-register");
        browser.openSignIn(realm, Map.of());
        browser.signInWithPassword(person);
        browser.usePasskey();
        browser.awaitBackAtApp(realm);
        browser.forgetSessions();
    }

    @Test
    void theRequiredActionStoresAPasskeyAfterThePassword() {
        assertThat(realm.passkeys(person)).hasSize(1);
        assertThat(realm.awaitEvent("UPDATE_CREDENTIAL", person)
                        .path("details")
                        .path("credential_type")
                        .asText())
                .isEqualTo("passkey");
    }

    @Test
    void thePasskeyPageSignsIn() {
        realm.signInWith(PASSKEY);
        browser.openSignIn(realm, Map.of());
        browser.usePasskey();

        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        assertThat(realm.passkeySignInsSoFar()).hasSize(1);
    }

    @Test
    void autofillOnThePasswordPageSignsIn() {
        browser.authenticator().answering(true);
        browser.openSignIn(realm, Map.of());

        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        assertThat(browser.authenticator().asserted()).hasSize(1);
    }

    @Test
    void thePasskeyIsASecondFactorAfterThePassword() {
        realm.signInWith(PASSWORD, Step.conditional(Step.required("conditional-user-configured"), PASSKEY));
        browser.openSignIn(realm, Map.of());
        browser.signInWithPassword(person);
        assertThat(browser.page().locator("#kc-attempted-username")).hasValue(person.username());
        browser.usePasskey();

        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        assertThat(browser.authenticator().asserted()).hasSize(1);
    }

    @Test
    void aRemovedPasskeyNoLongerSignsIn() {
        StoredPasskey stored = realm.passkeys(person).get(0);
        browser.openSignIn(realm, Map.of("kc_action", "delete_credential:" + stored.rowId()));
        browser.signInWithPassword(person);
        browser.page().click("#kc-accept");
        browser.awaitBackAtApp(realm);
        assertThat(realm.passkeys(person)).isEmpty();

        browser.forgetSessions();
        browser.openSignIn(realm, Map.of());
        browser.usePasskey();

        realm.awaitRefusal("LOGIN_ERROR", "credential-unknown");
        assertThat(browser.page().locator("#password")).isVisible();
    }
}
