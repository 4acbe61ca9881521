package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Dialog;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.BuiltInPages;
import io.github.keycloakpasskey.testbed.OnEachVersion;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moves users of built-in passkeys to this extension and back, in Chromium. The authenticator holds one key throughout. */
@OnEachVersion
@BrowserTest
class MovingInIT {

    private static final String LABEL = "My built-in passkey";
    private static final Step OURS = Step.required("passkey-username-password-form");
    private static final Step PASSWORD = Step.required("auth-username-password-form");
    private static final Step USERNAME = Step.required("auth-username-form");
    private static final Step BUILT_IN = Step.required("webauthn-authenticator-passwordless");

    private TestRealm realm;
    private TestBrowser browser;
    private Person person;

    @BeforeEach
    void aRealmWithBuiltInPasskeys(TestRealm realm, TestBrowser browser) {
        this.realm = realm;
        this.browser = browser;
        realm.change(Map.of(
                "webAuthnPolicyPasswordlessPasskeysEnabled",
                true,
                "webAuthnPolicyPasswordlessRequireResidentKey",
                "Yes",
                "webAuthnPolicyPasswordlessUserVerificationRequirement",
                "required"));
        person = realm.newPerson();
        browser.page().onDialog(MovingInIT::answerWithLabel);
    }

    private static void answerWithLabel(Dialog dialog) {
        dialog.accept(LABEL);
    }

    @Test
    void aPasskeyMovesInAtItsFirstUseAndBackAgain() {
        registerBuiltIn(BuiltInPages.REGISTER_PASSKEY);
        JsonNode builtIn = credential("webauthn-passwordless");

        realm.signInWith(OURS);
        signInByAutofill();

        JsonNode ours = credential("passkey");
        assertThat(ours.path("userLabel")).isEqualTo(builtIn.path("userLabel"));
        assertThat(ours.path("createdDate")).isEqualTo(builtIn.path("createdDate"));
        JsonNode login = realm.passkeySignInsSoFar().get(0).path("details");
        assertThat(login.path("adopted_from").asText()).isEqualTo("webauthn-passwordless");

        signInByAutofill();
        JsonNode answer = realm.returnPasskeys("?userId=" + person.id());
        assertThat(answer.path("changed").asInt()).isEqualTo(1);
        assertThat(answer.path("notice").asText()).contains("Switch it off");

        realm.signInWith(USERNAME, BUILT_IN);
        signInOnBuiltInPage();
        assertThat(credential("webauthn-passwordless").path("userLabel").asText())
                .isEqualTo(LABEL);
        assertOneKey();
    }

    @Test
    void aSecondFactorBecomesAPasskeyAndASecondFactorAgain() {
        realm.configure(Map.of("adopt-built-in", "all"));
        realm.change(Map.of("webAuthnPolicyRequireResidentKey", "Yes"));
        registerBuiltIn(BuiltInPages.REGISTER_SECOND_FACTOR);

        realm.signInWith(OURS);
        signInByAutofill();
        assertThat(credential("passkey").path("userLabel").asText()).isEqualTo(LABEL);

        realm.returnPasskeys("?userId=" + person.id());
        realm.signInWith(PASSWORD, Step.required("webauthn-authenticator"));
        browser.openSignIn(realm, Map.of());
        browser.signInWithPassword(person);
        browser.useBuiltInPage("#authenticateWebAuthnButton");

        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        assertThat(credential("webauthn").path("userLabel").asText()).isEqualTo(LABEL);
        assertOneKey();
    }

    /** The pilot's app has our flow, and the realm keeps Keycloak's. */
    @Test
    void inAPilotBothPagesSignInInTurn() {
        registerBuiltIn(BuiltInPages.REGISTER_PASSKEY);
        JsonNode builtIn = credential("webauthn-passwordless");
        for (int round = 0; round < 2; round++) {
            realm.signInAtTestClientWith(OURS);
            signInByAutofill();

            realm.signInAtTestClientWith(PASSWORD);
            signInByAutofill();
        }
        JsonNode now = credential("webauthn-passwordless");
        assertThat(now.path("id")).isEqualTo(builtIn.path("id"));
        assertThat(now.path("userLabel").asText()).isEqualTo(LABEL);
        assertOneKey();
    }

    private void registerBuiltIn(String action) {
        realm.signInWith(PASSWORD);
        browser.openSignIn(realm, Map.of("kc_action", action));
        browser.signInWithPassword(person);
        browser.useBuiltInPage("#registerWebAuthn");
        browser.awaitBackAtApp(realm);
        browser.forgetSessions();
    }

    private void signInByAutofill() {
        browser.authenticator().answering(true);
        browser.openSignIn(realm, Map.of());
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        browser.authenticator().answering(false);
        browser.forgetSessions();
    }

    private void signInOnBuiltInPage() {
        browser.openSignIn(realm, Map.of());
        browser.page().fill("#username", person.username());
        browser.page().click("#kc-login");
        browser.useBuiltInPage("#authenticateWebAuthnButton");
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        browser.forgetSessions();
    }

    /** The only WebAuthn credential of the person. */
    private JsonNode credential(String type) {
        assertThat(realm.credentials(person))
                .filteredOn(credential -> !credential.path("type").asText().equals("password"))
                .singleElement()
                .satisfies(credential ->
                        assertThat(credential.path("type").asText()).isEqualTo(type));
        return realm.credentials(person).stream()
                .filter(credential -> credential.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private void assertOneKey() {
        assertThat(browser.authenticator().credentials()).hasSize(1);
        assertThat(browser.authenticator().added()).hasSize(1);
    }
}
