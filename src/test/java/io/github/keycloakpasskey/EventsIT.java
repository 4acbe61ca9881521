package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.AuthenticationCeremony;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every outcome is one event, which names the passkey and the result. */
@BrowserTest
@Shows(Threat.UNNOTICED)
class EventsIT {

    private static final UUID DASHLANE = UUID.fromString("531126d6-e717-415c-9320-3d9aa6981239");

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator(DASHLANE);

    private TestRealm realm;
    private Person person;
    private StoredPasskey stored;

    @BeforeEach
    void aPersonWithAPasskey(TestRealm realm) {
        this.realm = realm;
        person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        stored = realm.passkeys(person).get(0);
        realm.forgetEvents();
    }

    @Test
    void theSignInEventNamesThePasskey() {
        WebClient client = realm.newClient();
        assertThat(client.signIn(client.openSignIn(), authenticator).isBackAtApp())
                .isTrue();

        assertSaysWhich(onlyEvent("LOGIN"), true);
    }

    /** Keycloak creates the event in a later request, which has no passkey. */
    @Test
    void theSignInEventNamesThePasskeyAfterAFurtherRequiredAction() {
        realm.require(person, "UPDATE_PROFILE");
        WebClient client = realm.newClient();
        Page profile = client.signIn(client.openSignIn(), authenticator);
        assertThat(profile.isBackAtApp()).isFalse();
        assertThat(client.submit(profile, "#kc-update-profile-form", Map.of()).isBackAtApp())
                .isTrue();

        assertSaysWhich(onlyEvent("LOGIN"), true);
    }

    /** An attacker with a copied key cannot clear the suspicion by requesting another action. */
    @Test
    void theSignInEventReportsASuspectedCloneAfterAFurtherRequiredAction() {
        countOnce();
        realm.configure(Map.of("sign-count", "flag"));
        WebClient client = realm.newClient();
        Page page = client.openSignIn(Map.of("kc_action", "UPDATE_PROFILE"));
        Page profile = client.submitPasskey(
                page,
                authenticator
                        .authenticate(page.options(), realm.origin())
                        .signCount(1)
                        .json());
        assertThat(client.submit(profile, "#kc-update-profile-form", Map.of()).isBackAtApp())
                .isTrue();

        JsonNode event = onlyEvent("LOGIN");
        assertSaysWhich(event, true);
        assertThat(event.path("details").path("clone_suspected").asText()).isEqualTo("true");
    }

    @Test
    void aForgedSignatureIsAnErrorEventThatNamesThePasskey() {
        answer(ceremony -> ceremony.signature(signature -> new byte[signature.length]));

        assertRefused("signature-invalid", "invalid_user_credentials", false);
    }

    @Test
    void aMissingUserVerificationIsAnErrorEventThatNamesThePasskey() {
        answer(ceremony -> ceremony.clear(Flag.USER_VERIFIED));

        assertRefused("user-not-verified", "invalid_user_credentials", false);
    }

    @Test
    void aSignInOfADisabledUserIsAnErrorEventThatNamesThePasskey() {
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        realm.change(person, user -> user.put("enabled", false));
        client.signIn(page, authenticator);

        assertRefused("user-disabled", "user_disabled", true);
    }

    @Test
    void aCounterThatDidNotGrowIsAnErrorEventThatReportsASuspectedClone() {
        countOnce();
        answer(ceremony -> ceremony.signCount(1));

        JsonNode event = assertRefused("sign-count-not-increased", "invalid_user_credentials", true);
        assertThat(event.path("details").path("clone_suspected").asText()).isEqualTo("true");
    }

    /** Posted values that nobody has verified are marked as claimed. */
    @Test
    void anUnknownPasskeyIsAnErrorEventWithWhatItClaims() {
        realm.deleteCredential(person, stored);
        WebClient client = realm.newClient();
        Page next = client.signIn(client.openSignIn(), authenticator);

        JsonNode event = onlyEvent("LOGIN_ERROR");
        JsonNode details = event.path("details");
        assertThat(details.path("reason").asText()).isEqualTo("credential-unknown");
        assertThat(details.has("public_key_credential_id")).isFalse();
        assertThat(event.has("userId")).isFalse();
        assertThat(details.path("claimed_credential_id").asText())
                .isEqualTo(stored.data().path("credentialId").asText());
        assertThat(details.path("claimed_user_id").asText()).isEqualTo(person.id());
        assertThat(details.path("claimed_origin").asText()).isEqualTo(realm.origin());
        assertThat(next.text())
                .doesNotContain(
                        person.id(), details.path("claimed_credential_id").asText());
    }

    @Test
    void anErrorReportedByTheBrowserIsAnErrorEventWithItsReason() {
        WebClient client = realm.newClient();
        client.submit(client.openSignIn(), "#passkey-form", Map.of("passkeyError", "SecurityError"));

        assertThat(onlyEvent("LOGIN_ERROR").path("details").path("reason").asText())
                .isEqualTo("client-security-error");
    }

    /** The event names the browser's error and no user, because nothing identified one. */
    @Test
    void aCancelledSignInIsAnErrorEventWithoutAUser() {
        WebClient client = realm.newClient();
        client.submit(client.openSignIn(), "#passkey-form", Map.of("passkeyError", "NotAllowedError"));

        JsonNode event = onlyEvent("LOGIN_ERROR");
        assertThat(event.path("error").asText()).isEqualTo("rejected_by_user");
        assertThat(event.path("details").path("reason").asText()).isEqualTo("client-cancelled");
        assertThat(event.has("userId")).isFalse();
        assertThat(event.path("details").has("public_key_credential_id")).isFalse();
    }

    @Test
    void theRegistrationEventNamesTheNewPasskey() {
        SoftwareAuthenticator another = new SoftwareAuthenticator(DASHLANE);
        realm.newClient().register(person, another);

        JsonNode event = realm.awaitEvent("UPDATE_CREDENTIAL", person);
        stored = realm.passkeys(person).stream()
                .filter(passkey -> !passkey.data()
                        .path("credentialId")
                        .equals(stored.data().path("credentialId")))
                .findFirst()
                .orElseThrow();
        assertThat(stored.data().path("credentialId").asText())
                .isEqualTo(another.newest().id());
        assertSaysWhich(event, true);
        realm.assertNone("UPDATE_CREDENTIAL", other -> !other.equals(event));
        realm.assertNone("UPDATE_CREDENTIAL_ERROR");
        // The user signed in with a password, so the event names no passkey.
        assertThat(realm.awaitEvent("LOGIN", person).path("details").has("public_key_credential_id"))
                .isFalse();
    }

    @Test
    void aRefusedRegistrationIsAnErrorEventThatNamesThePasskey() {
        realm.configure(Map.of("most-passkeys", "2"));
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        realm.configure(Map.of("most-passkeys", "1"));
        client.submitPasskey(
                page,
                new SoftwareAuthenticator(DASHLANE)
                        .register(page.options(), realm.origin())
                        .json());

        JsonNode details = onlyEvent("UPDATE_CREDENTIAL_ERROR").path("details");
        assertThat(details.path("reason").asText()).isEqualTo("too-many-passkeys");
        assertThat(details.path("public_key_credential_id").asText()).isNotEmpty();
        assertThat(details.path("public_key_credential_aaguid").asText()).isEqualTo(DASHLANE.toString());
        assertThat(details.path("user_verified").asText()).isEqualTo("true");
        assertThat(details.path("backed_up").asText()).isEqualTo("false");
    }

    /** The user sees a message that says what to do, and a page with a new challenge. */
    @Test
    void aRefusedUserReadsTheReasonAndCanTryAgain(TestBrowser browser) {
        Person ada = realm.newPerson();
        browser.register(realm, ada);
        realm.signInWith(Step.required("passkey-authenticator").with(Map.of("mediation", "none")));
        browser.openSignIn(realm, Map.of());
        assertThat(browser.page().locator("#passkey-start")).isEnabled();
        String before = browser.page().locator("#passkey-form").getAttribute("data-options");
        realm.change(ada, user -> user.put("enabled", false));
        browser.usePasskey();
        assertThat(browser.page().locator("body"))
                .containsText("This account is disabled. Please contact your administrator.");
        assertThat(browser.page().locator("#passkey-form").getAttribute("data-options"))
                .isNotEqualTo(before);

        realm.change(ada, user -> user.put("enabled", true));
        browser.usePasskey();

        assertThat(browser.awaitUsername(realm)).isEqualTo(ada.username());
    }

    /** Signs in with a response that is changed before or after it is signed. */
    private void answer(UnaryOperator<AuthenticationCeremony> change) {
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        AuthenticationCeremony ceremony = authenticator.authenticate(page.options(), realm.origin());
        client.submitPasskey(page, change.apply(ceremony).json());
    }

    private void countOnce() {
        WebClient client = realm.newClient();
        client.signIn(client.openSignIn(), authenticator);
        realm.forgetEvents();
    }

    private JsonNode assertRefused(String reason, String error, boolean verified) {
        JsonNode event = onlyEvent("LOGIN_ERROR");
        assertThat(event.path("error").asText()).isEqualTo(error);
        assertThat(event.path("details").path("reason").asText()).isEqualTo(reason);
        assertSaysWhich(event, verified);
        return event;
    }

    private void assertSaysWhich(JsonNode event, boolean verified) {
        assertThat(event.path("userId").asText()).isEqualTo(person.id());
        JsonNode details = event.path("details");
        assertThat(details.path("credential_type").asText()).isEqualTo("passkey");
        assertThat(details.path("public_key_credential_id").asText())
                .isEqualTo(stored.data().path("credentialId").asText());
        assertThat(details.path("public_key_credential_label").asText()).isEqualTo(stored.label());
        assertThat(details.path("public_key_credential_aaguid").asText()).isEqualTo(DASHLANE.toString());
        assertThat(details.path("user_verified").asText()).isEqualTo(String.valueOf(verified));
        assertThat(details.path("backed_up").asText()).isEqualTo("false");
    }

    /** Returns the event of this type, and asserts that there is no other event about a passkey or a login. */
    private JsonNode onlyEvent(String type) {
        JsonNode event = realm.awaitEvent(type, candidate -> true);
        realm.assertNone(type, other -> !other.equals(event));
        List<JsonNode> all = Stream.of("LOGIN", "LOGIN_ERROR", "UPDATE_CREDENTIAL", "UPDATE_CREDENTIAL_ERROR")
                .flatMap(kind -> realm.events(kind).stream())
                .toList();
        assertThat(all).containsExactly(event);
        return event;
    }
}
