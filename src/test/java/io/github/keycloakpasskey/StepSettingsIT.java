package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of a flow step: how they are checked on save, and how they change the page. */
@BrowserTest
class StepSettingsIT {

    private static final String ALONE = "passkey-authenticator";
    private static final String WITH_PASSWORD = "passkey-username-password-form";
    private static final String THIS_DEVICE_HAS_NONE = """
            window.asked = [];
            navigator.credentials.get = async (options) => {
              window.asked.push(options.uiMode ?? options.mediation ?? "any");
              throw new DOMException("none here", "NotAllowedError");
            };
            PublicKeyCredential.getClientCapabilities = async () => ({ immediateGet: true });
            """;

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    @ParameterizedTest
    @Shows(Threat.VAIN_RULE)
    @CsvSource({
        "timeout, soon, Timeout (seconds): “soon” is no number from 10 to 3600",
        "hints, watch, 'Hints: “watch” is none of security-key, client-device, hybrid'",
        "user-verification, never, 'User verification: “never” is none of policy, required, preferred, discouraged'"
    })
    void anInvalidSettingOfASignInStepIsRefusedOnSave(String setting, String value, String problem, TestRealm realm) {
        for (String step : List.of(ALONE, WITH_PASSWORD, "passkey-organization")) {
            assertRefused(realm, step, setting, value, problem);
        }
    }

    @ParameterizedTest
    @Shows(Threat.VAIN_RULE)
    @CsvSource({
        "conditional-user-has-passkey, user-has, two, 'User has: “two” is none of one, none'",
        "conditional-user-has-passkey, kind, old, 'Kind of passkeys: “old” is none of any, device-bound'",
        "conditional-user-has-passkey, verified-within, a month, Verified within (days): “a month” is no number",
        "reset-passkey, remove-older-passkeys, perhaps, 'Remove older passkeys: “perhaps” is none of true, false'"
    })
    void anInvalidSettingOfAConditionOrResetStepIsRefusedOnSave(
            String step, String setting, String value, String problem, TestRealm realm) {
        assertRefused(realm, step, setting, value, problem);
    }

    @Test
    @Shows(Threat.VAIN_RULE)
    void aRefusedChangeLeavesTheSettingsAsTheyWere(TestRealm realm) {
        realm.signInWith(Step.required(ALONE).with(Map.of("timeout", "60")));
        JsonNode settings = realm.settingsOf(ALONE);
        String path = "/authentication/config/" + settings.path("id").asText();

        assertThatIllegalStateException()
                .isThrownBy(() -> realm.admin()
                        .put(path, Map.of("alias", settings.path("alias"), "config", Map.of("timeout", "1"))))
                .withMessageContaining("400")
                .withMessageContaining("Timeout (seconds): “1” is no number");

        assertThat(realm.settingsOf(ALONE)).isEqualTo(settings);
    }

    @Test
    void settingsOfKeycloaksOwnStepsAreNotChecked(TestRealm realm) {
        realm.signInWith(
                Step.required(ALONE),
                Step.conditional(Step.required("conditional-credential")
                        .with(Map.of("credentials", "passkey", "timeout", "soon"))));

        assertThat(realm.settingsOf("conditional-credential")
                        .path("config")
                        .path("timeout")
                        .asText())
                .isEqualTo("soon");
    }

    @Test
    void theAdminConsoleShowsWhyASettingIsRefused(TestRealm realm, TestBrowser browser) {
        realm.signInWith(Step.required(ALONE).with(Map.of("timeout", "60")));
        Page page = browser.page();
        page.setViewportSize(1280, 1500);
        browser.openFlow(realm, realm.admin().get("").path("browserFlow").asText());
        page.locator("table[aria-label=Flows] [aria-label=Settings]").click();
        Locator form = page.getByRole(AriaRole.DIALOG);
        assertThat(form.getByText("Button text")).isVisible();
        browser.screenshot("admin-console-step-settings");

        form.getByLabel("Timeout (seconds)", new Locator.GetByLabelOptions().setExact(true))
                .fill("soon");
        form.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Save"))
                .click();

        assertThat(page.locator("body")).containsText("is no number from 10 to 3600");
        browser.screenshot("admin-console-step-settings-refused");
    }

    @Test
    @Shows(Threat.STOLEN_DEVICE)
    void aStepCanRelaxOrRequireUserVerification(TestRealm realm) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);

        realm.signInWith(Step.required(ALONE).with(Map.of("user-verification", "discouraged")));
        WebClient client = realm.newClient();
        var page = client.openSignIn();
        assertThat(page.option("userVerification").asText()).isEqualTo("discouraged");
        String unverified = authenticator
                .authenticate(page.options(), realm.origin())
                .clear(Flag.USER_VERIFIED)
                .json();
        assertThat(client.submitPasskey(page, unverified).isBackAtApp()).isTrue();

        realm.signInWith(Step.required(ALONE).with(Map.of("user-verification", "required")));
        client = realm.newClient();
        page = client.openSignIn();
        unverified = authenticator
                .authenticate(page.options(), realm.origin())
                .clear(Flag.USER_VERIFIED)
                .json();
        assertThat(client.submitPasskey(page, unverified).error()).contains("did not check that it is you");
    }

    @ParameterizedTest
    @ValueSource(strings = {ALONE, WITH_PASSWORD})
    void theOptionsForTheBrowserFollowTheSettingsOfTheStep(String step, TestRealm realm) {
        realm.signInWith(Step.required(step)
                .with(Map.of("mediation", "required", "hints", "hybrid##security-key", "timeout", "90")));

        var page = realm.newClient().openSignIn();

        assertThat(page.option("hints")).extracting(JsonNode::asText).containsExactly("hybrid", "security-key");
        assertThat(page.option("timeout").asInt()).isEqualTo(90_000);
        assertThat(page.document().selectFirst("#passkey-form").attr("data-mediation"))
                .isEqualTo("required");
        assertThat(page.document().selectFirst("#passkey-form").attr("data-challenge-lifespan"))
                .isEqualTo("90000");
    }

    @Test
    void theRealmsPolicyAppliesWhereAStepHasNoSetting(TestRealm realm) {
        realm.signInWith(Step.required(ALONE));
        realm.change(Map.of(
                "webAuthnPolicyPasswordlessMediation", "optional",
                "webAuthnPolicyPasswordlessUserVerificationRequirement", "preferred",
                "webAuthnPolicyPasswordlessCreateTimeout", 75));

        var page = realm.newClient().openSignIn();

        assertThat(page.document().selectFirst("#passkey-form").attr("data-mediation"))
                .isEqualTo("optional");
        assertThat(page.option("userVerification").asText()).isEqualTo("preferred");
        assertThat(page.option("timeout").asInt()).isEqualTo(75_000);
        assertThat(page.option("hints").isMissingNode()).isTrue();
    }

    @Test
    void hintsOfTheRequiredActionReachTheBrowser(TestRealm realm) {
        realm.configure(Map.of("hints", "security-key"));

        var page = realm.newClient().openRegistration(realm.newPerson());

        assertThat(page.option("hints")).extracting(JsonNode::asText).containsExactly("security-key");
        assertThat(page.option("authenticatorSelection")
                        .path("authenticatorAttachment")
                        .asText())
                .isEqualTo("cross-platform");
    }

    @Test
    void aPasskeyOfAnotherAttachmentIsRefused(TestRealm realm) {
        realm.newClient().register(realm.newPerson(), authenticator);
        realm.signInWith(Step.required(ALONE).with(Map.of("attachment", "cross-platform")));
        WebClient client = realm.newClient();
        var page = client.openSignIn();

        var next = client.signIn(page, authenticator);

        assertThat(next.error()).contains("This kind of passkey is not accepted here");
        realm.awaitRefusal("LOGIN_ERROR", "authenticator-not-accepted");
        String crossPlatform = authenticator
                .authenticate(next.options(), realm.origin())
                .response(answer -> answer.put("authenticatorAttachment", "cross-platform"))
                .json();
        assertThat(client.submitPasskey(next, crossPlatform).isBackAtApp()).isTrue();
    }

    @Test
    void aStepCanOmitTheUsernameField(TestRealm realm) {
        realm.signInWith(Step.required(ALONE).with(Map.of("username-field", "false")));

        var page = realm.newClient().openSignIn();

        assertThat(page.document().select("#username")).isEmpty();
        assertThat(page.document().selectFirst("#passkey-form").attr("data-mediation"))
                .isEqualTo("none");
    }

    @Test
    void theButtonShowsTheTextFromTheSettingsOfTheStep(TestRealm realm, TestBrowser browser) {
        realm.signInWith(Step.required(ALONE).with(Map.of("button-text", "Use your <b>badge</b>")));
        browser.openSignIn(realm, Map.of());
        assertThat(browser.page().locator("#passkey-start")).hasText("Use your <b>badge</b>");

        realm.signInWith(Step.required(WITH_PASSWORD).with(Map.of("button-text", "${doContinue}")));
        browser.openSignIn(realm, Map.of());
        assertThat(browser.page().locator("#passkey-start")).hasText("Continue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"optional", "required"})
    void optionalAndRequiredMediationAskWhenThePageOpens(String mediation, TestRealm realm, TestBrowser browser) {
        browser.register(realm, realm.newPerson());
        realm.signInWith(Step.required(ALONE).with(Map.of("mediation", mediation)));

        browser.authenticator().answering(true);
        browser.openSignIn(realm, Map.of());

        browser.awaitBackAtApp(realm);
        assertThat(browser.authenticator().asserted()).hasSize(1);
    }

    @Test
    void aDismissedRequestIsNotRepeatedWhenThePageIsShownAgain(TestRealm realm, TestBrowser browser) {
        realm.signInWith(Step.required(WITH_PASSWORD).with(Map.of("mediation", "optional")));
        Page page = browser.page();
        page.addInitScript(THIS_DEVICE_HAS_NONE);
        browser.openSignIn(realm, Map.of());
        assertThat(page.locator("#passkey-message")).containsText("You can try again");
        assertThat((List<?>) page.evaluate("window.asked")).hasSize(1);

        page.fill("#username", "ada");
        page.fill("#password", UUID.randomUUID().toString());
        page.click("#kc-login");

        assertThat(page.locator("[id^=input-error]").first()).isVisible();
        assertThat(page.locator("#passkey-start")).isEnabled();
        assertThat((List<?>) page.evaluate("window.asked")).isEmpty();
    }

    @Test
    void immediateMediationAsksForPasskeysOfThisDeviceFirst(TestRealm realm, TestBrowser browser) {
        realm.signInWith(Step.required(ALONE).with(Map.of("mediation", "immediate")));
        Page page = browser.page();
        page.addInitScript(THIS_DEVICE_HAS_NONE);
        browser.openSignIn(realm, Map.of());
        assertThat(page.locator("#passkey-start")).isEnabled();

        page.click("#passkey-start");
        assertThat(page.locator("#passkey-message")).containsText("also with a phone or a security key");
        page.click("#passkey-start");
        assertThat(page.locator("#passkey-message")).containsText("That was cancelled");

        assertThat(page.evaluate("window.asked.join()")).isEqualTo("immediate,any");
    }

    @Test
    void immediateMediationSignsInWithAPasskeyOfThisDevice(TestRealm realm, TestBrowser browser) {
        browser.register(realm, realm.newPerson());
        realm.signInWith(Step.required(ALONE).with(Map.of("mediation", "immediate")));
        browser.openSignIn(realm, Map.of());

        browser.usePasskey();

        browser.awaitBackAtApp(realm);
    }

    private static void assertRefused(TestRealm realm, String step, String setting, String value, String problem) {
        assertThatIllegalStateException()
                .isThrownBy(() -> realm.signInWith(Step.required(step).with(Map.of(setting, value))))
                .withMessageContaining("400")
                .withMessageContaining(problem);
    }
}
