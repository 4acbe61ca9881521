package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.DemoApp;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A user who is new to passkeys creates and uses one in a browser, in the demo app. */
@BrowserTest
class DemoJourneyIT {

    private static final String MADE_BY_CHROMIUM = "01020304-0506-0708-0102-030405060708";

    @Test
    @Shows(steps = "§7.1 step 29, what a browser made is stored for its user")
    void aUserMovesFromAPasswordToAPasskey(TestRealm realm, TestBrowser browser, DemoApp demo) {
        Person person = realm.newPerson();
        Page page = browser.page();

        page.navigate(demo.address().toString());
        page.getByTestId("sign-in").click();
        browser.signInWithPassword(person);
        assertSignedIn(page, person);

        Instant creation = Instant.now();
        page.getByTestId("create-passkey").click();
        browser.authenticator().answering(true);
        page.fill("#passkeyLabel", "My laptop");
        page.click("#passkey-start");
        assertThat(page.getByTestId("notice")).containsText("Your passkey is ready");
        browser.authenticator().answering(false);
        StoredPasskey made = onlyPasskey(realm, person);
        assertIsWhatTheBrowserMade(browser, made, creation);
        assertCreationIsInEvents(realm, person, made);

        signOut(page);
        browser.authenticator().answering(true);
        page.getByTestId("sign-in").click();
        assertSignedIn(page, person);
        browser.authenticator().answering(false);
        long afterAutofill = assertWasUsed(realm, person, made);
        assertThat(browser.authenticator().asserted()).hasSize(1);

        signOut(page);
        page.getByTestId("sign-in").click();
        assertThat(page.locator("#username")).hasAttribute("autocomplete", "username webauthn");
        assertThat(page.locator("#passkey-start")).isEnabled();
        browser.authenticator().answering(true);
        page.click("#passkey-start");
        assertSignedIn(page, person);
        assertThat(assertWasUsed(realm, person, made)).isGreaterThan(afterAutofill);
        browser.authenticator().answering(false);

        page.getByTestId("sign-in-anew").click();
        browser.usePasskey();
        assertThat(page.getByTestId("notice")).containsText("You have shown again that it is you");
        assertSignedIn(page, person);
        assertSignInsAreInEvents(realm, person, made);
    }

    private static void assertSignedIn(Page page, Person person) {
        assertThat(page.getByTestId("verified")).containsText("ID token verified");
        assertThat(page.locator("[data-claim=preferred_username]")).hasText(person.username());
        assertThat(page.locator("[data-claim=sub]")).hasText(person.id());
    }

    private static void signOut(Page page) {
        page.getByTestId("sign-out").click();
        assertThat(page.getByTestId("sign-in")).isVisible();
    }

    private static StoredPasskey onlyPasskey(TestRealm realm, Person person) {
        List<StoredPasskey> passkeys = realm.passkeys(person);
        assertThat(passkeys).hasSize(1);
        return passkeys.get(0);
    }

    private static void assertIsWhatTheBrowserMade(TestBrowser browser, StoredPasskey stored, Instant creation) {
        var made = browser.authenticator().credentials().get(0);
        byte[] id = Base64.getDecoder().decode(made.get("credentialId").getAsString());
        assertThat(stored.label()).isEqualTo("My laptop");
        assertThat(stored.representation().path("createdDate").asLong())
                .isCloseTo(creation.toEpochMilli(), within(60_000L));
        assertThat(stored.data().path("credentialId").asText())
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(id));
        assertThat(stored.data().path("aaguid").asText()).isEqualTo(MADE_BY_CHROMIUM);
        assertThat(stored.data().path("transports"))
                .extracting(JsonNode::asText)
                .containsExactly("internal");
        assertThat(stored.data().path("rpId").asText()).isEqualTo("localhost");
        assertThat(stored.data().path("discoverable").asBoolean()).isTrue();
        assertThat(stored.data().path("userVerified").asBoolean()).isTrue();
        assertThat(stored.data().path("signCount").asLong())
                .isEqualTo(made.get("signCount").getAsLong());
        assertThat(stored.data().has("lastUsed")).isFalse();
        assertThat(stored.data().path("publicKey").asText()).isNotEmpty();
        assertThat(stored.representation().has("secretData")).isFalse();
    }

    private static void assertCreationIsInEvents(TestRealm realm, Person person, StoredPasskey made) {
        JsonNode details = realm.awaitEvent("UPDATE_CREDENTIAL", person).path("details");
        assertThat(details.path("credential_type").asText()).isEqualTo("passkey");
        assertThat(details.path("public_key_credential_id").asText())
                .isEqualTo(made.data().path("credentialId").asText());
        assertThat(details.path("public_key_credential_label").asText()).isEqualTo("My laptop");
        assertThat(details.path("public_key_credential_aaguid").asText()).isEqualTo(MADE_BY_CHROMIUM);
        assertThat(details.path("user_verified").asText()).isEqualTo("true");
    }

    /** Returns the stored counter. */
    private static long assertWasUsed(TestRealm realm, Person person, StoredPasskey made) {
        JsonNode data = onlyPasskey(realm, person).data();
        assertThat(data.path("credentialId")).isEqualTo(made.data().path("credentialId"));
        assertThat(Instant.ofEpochMilli(data.path("lastUsed").asLong()))
                .isCloseTo(Instant.now(), within(60, ChronoUnit.SECONDS));
        assertThat(data.path("signCount").asLong())
                .isGreaterThan(made.data().path("signCount").asLong());
        return data.path("signCount").asLong();
    }

    private static void assertSignInsAreInEvents(TestRealm realm, Person person, StoredPasskey made) {
        List<JsonNode> withPasskey = realm.eventsSoFar("LOGIN").stream()
                .filter(event -> event.path("userId").asText().equals(person.id()))
                .map(event -> event.path("details"))
                .filter(details -> details.path("credential_type").asText().equals("passkey"))
                .toList();
        assertThat(withPasskey).hasSize(3).allSatisfy(details -> {
            assertThat(details.path("public_key_credential_id").asText())
                    .isEqualTo(made.data().path("credentialId").asText());
            assertThat(details.path("public_key_credential_label").asText()).isEqualTo("My laptop");
            assertThat(details.path("user_verified").asText()).isEqualTo("true");
        });
        realm.assertNone("LOGIN_ERROR");
    }
}
