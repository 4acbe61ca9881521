package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.github.keycloakpasskey.testbed.Chromium;
import io.github.keycloakpasskey.testbed.PageHost;
import io.github.keycloakpasskey.testbed.PageHost.Kind;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RegistrationResponse;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the scripts of a page behave in Chromium, with a stub in place of the browser's passkeys and no Keycloak. */
class PageScriptsTest {

    private static final String START = "#passkey-start";
    private static final String FOCUSED = "() => document.activeElement.id";

    private static Chromium chromium;
    private static PageHost host;

    private static final List<String> SCRIPT_ERRORS = new ArrayList<>();

    private static Page page;

    @BeforeAll
    static void start() {
        chromium = new Chromium();
        host = new PageHost();
        page = chromium.newContext().newPage();
        page.onPageError(SCRIPT_ERRORS::add);
    }

    @AfterAll
    static void stop() {
        host.close();
        chromium.close();
    }

    @BeforeEach
    void forgetErrors() {
        SCRIPT_ERRORS.clear();
        page.unrouteAll();
    }

    @AfterEach
    void noScriptFails() {
        assertThat(SCRIPT_ERRORS).isEmpty();
    }

    // What users notice while the browser asks

    @ParameterizedTest
    @CsvSource({
        "BESIDE_PASSWORD, none, 1",
        "BESIDE_PASSWORD, conditional, 50",
        "BESIDE_PASSWORD, none, 1500",
        "SIGN_IN_ALONE, none, 50",
        "REGISTRATION, none, 1",
        "REGISTRATION, none, 50"
    })
    void theFocusStaysOnTheButtonAfterACancel(Kind kind, String mediation, int after) {
        open(kind, mediation, "{plan: [{after: %d, throws: 'NotAllowedError'}]}".formatted(after));

        page.focus(START);
        page.keyboard().press("Enter");

        assertThat(page.locator("#passkey-message")).hasText("Cancelled");
        assertThat(page.locator(START)).isEnabled();
        assertThat(page.evaluate(FOCUSED)).isEqualTo("passkey-start");
        assertThat(host.posts()).isEmpty();
    }

    @Test
    void theFocusStaysInTheFieldWhereEnterWasPressed() {
        open(Kind.SIGN_IN_ALONE, "none", "{plan: [{after: 50, throws: 'NotAllowedError'}]}");

        page.fill("#username", "ada");
        page.keyboard().press("Enter");

        assertThat(page.locator("#passkey-message")).hasText("Cancelled");
        assertThat(page.evaluate(FOCUSED)).isEqualTo("username");
        assertThat(page.locator("#username")).hasValue("ada");
    }

    @Test
    void theFocusComesBackFromTheDialogOfAPasswordManager() {
        open(Kind.BESIDE_PASSWORD, "none", "{plan: [{after: 50, throws: 'NotAllowedError'}]}");
        page.focus(START);
        page.keyboard().press("Enter");

        page.evaluate("() => document.activeElement.blur()");

        assertThat(page.locator("#passkey-message")).isVisible();
        assertThat(page.evaluate(FOCUSED)).isEqualTo("passkey-start");
    }

    @Test
    void aUserWhoMovesOnMeanwhileKeepsTheFocusThere() {
        open(Kind.BESIDE_PASSWORD, "none", "{plan: [{after: 100, throws: 'NotAllowedError'}]}");
        page.click(START);
        page.fill("#username", "ada");

        assertThat(page.locator("#passkey-message")).isVisible();
        assertThat(page.evaluate(FOCUSED)).isEqualTo("username");
    }

    @Test
    void aBusyPageSaysThatItWaitsForTheDevice() {
        open(Kind.BESIDE_PASSWORD, "none", "{plan: [{after: 300, throws: 'NotAllowedError'}]}");
        assertThat(page.locator("#passkey-status")).hasText("");

        page.click(START);

        assertThat(page.locator("[role=status]")).hasText("Waiting for your device…");
        assertThat(page.locator(START)).hasAttribute("aria-disabled", "true");
        assertThat(page.locator(START)).not().hasAttribute("disabled", "");
        assertThat(page.locator("[role=alert]")).hasText("Cancelled");
        assertThat(page.locator("[role=status]")).hasText("");
        assertThat(page.locator(START)).hasAttribute("aria-disabled", "false");
    }

    // How a form is posted

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aFormSubmittedWithoutItsButtonRunsTheCeremony(Kind kind) {
        open(kind, "none", "{plan: [{after: 50, gives: 'browser'}]}");

        page.evaluate("() => document.getElementById('passkey-form').requestSubmit()");

        assertThat(posted())
                .containsEntry("passkeyError", "")
                .hasEntrySatisfying("passkeyResponse", json -> assertThat(json).contains("clientDataJSON"));
    }

    @Test
    void aFormSubmittedAgainWhileTheBrowserAsksIsIgnored() {
        open(Kind.SIGN_IN_ALONE, "none", "{plan: [{after: 200, gives: 'browser'}]}");

        Object calls = page.evaluate("""
                () => {
                  document.getElementById("passkey-start").click();
                  document.getElementById("passkey-form").requestSubmit();
                  document.getElementById("passkey-start").click();
                  return stub.calls.length;
                }""");

        assertThat(calls).isEqualTo(1);
        assertThat(posted().get("passkeyResponse")).contains("clientDataJSON");
        assertThat(host.posts()).hasSize(1);
    }

    @Test
    void anotherButtonOfTheFormPostsItWithoutACeremony() {
        open(Kind.REGISTRATION, "none", "{}");

        page.click("#passkey-cancel");

        assertThat(posted()).containsEntry("cancel-aia", "true");
    }

    /** Browsers stop a post that is on its way when the page posts something else. */
    @ParameterizedTest
    @CsvSource({
        "REGISTRATION, #passkey-cancel, gives: 'browser', 1",
        "REGISTRATION, #passkey-cancel, gives: 'browser', null",
        "REGISTRATION, #passkey-cancel, throws: 'SecurityError', null",
        "BESIDE_PASSWORD, #kc-login, gives: 'browser', 1",
        "BESIDE_PASSWORD, #kc-login, gives: 'browser', null",
        "BESIDE_PASSWORD, #kc-login, throws: 'SecurityError', null"
    })
    void anAnswerOfTheDeviceDoesNotOvertakeAnotherButton(Kind kind, String button, String settles, String abortTakes) {
        List<Route> posting = holdPosts();
        open(kind, "none", "{abortTakes: %s, plan: [{after: 300, %s}]}".formatted(abortTakes, settles));
        page.click(START);

        page.evaluate("button => { setTimeout(() => document.querySelector(button).click()); }", button);
        page.waitForTimeout(700);

        assertThat(posting).hasSize(1);
        posting.get(0).resume();
        assertThat(posted()).satisfies(PageScriptsTest::assertNoAnswer);
        assertThat(host.posts()).hasSize(1);
    }

    @Test
    void anAnswerFromAutofillDoesNotOvertakeTheLoginForm() {
        List<Route> posting = holdPosts();
        open(Kind.BESIDE_PASSWORD, "conditional", "{autofillGivesAfterAll: 'browser'}");
        page.waitForCondition(() -> page.evaluate("stub.calls.length").equals(1));

        page.evaluate("() => { setTimeout(() => document.getElementById('kc-login').click()); }");
        page.waitForTimeout(300);

        assertThat(posting).hasSize(1);
        posting.get(0).resume();
        assertThat(posted()).satisfies(PageScriptsTest::assertNoAnswer);
    }

    @Test
    void afterAPostThatLeadsNowhereThePageDoesNotWaitForTheDevice() {
        open(Kind.BESIDE_PASSWORD, "none", "{plan: [{after: 50, gives: 'browser'}]}");
        List<Route> posting = holdPosts();
        page.click(START);
        page.waitForCondition(() -> !posting.isEmpty());

        posting.get(0).fulfill(new Route.FulfillOptions().setStatus(204));

        assertThat(page.locator("#passkey-status")).hasText("");
    }

    @Test
    void aSecondAnswerDoesNotDisturbThePostOfTheFirst() {
        open(
                Kind.BESIDE_PASSWORD,
                "conditional",
                "{autofillGivesAfterAll: 'browser', plan: [{after: 1, gives: 'browser'}]}");
        page.waitForCondition(() -> page.evaluate("stub.calls.length").equals(1));

        page.click(START);

        posted();
        assertThat(host.posts()).hasSize(1);
    }

    // One call after the other

    @ParameterizedTest
    @CsvSource({"BESIDE_PASSWORD, none", "SIGN_IN_ALONE, immediate", "REGISTRATION, none"})
    void theBrowserIsCalledWithinTheClick(Kind kind, String mediation) {
        host.open(
                page,
                kind,
                mediation,
                "{plan: [{after: 1000, throws: 'NotAllowedError'}]}",
                "PublicKeyCredential.getClientCapabilities = async () => ({immediateGet: true})");

        Object calls = page.evaluate("() => { document.getElementById('passkey-start').click(); return stub.calls; }");

        assertThat(calls)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement()
                .hasFieldOrPropertyWithValue("uiMode", mediation.equals("immediate") ? "immediate" : "");
    }

    @ParameterizedTest
    @CsvSource({"NotAllowedError, 20", "NotAllowedError, 200", "pendingInChromium, 200"})
    void theButtonWaitsForTheEndOfAutofill(String error, int abortTakes) {
        open(
                Kind.BESIDE_PASSWORD,
                "conditional",
                "{beside: '%s', abortTakes: %d, plan: [{after: 1, gives: 'browser'}]}".formatted(error, abortTakes));
        page.waitForCondition(() -> page.evaluate("stub.calls.length").equals(1));

        page.click(START);

        assertThat(posted().get("passkeyResponse")).contains("clientDataJSON");
    }

    @Test
    void theButtonWaitsNoLongerThan300MillisecondsForTheEndOfAutofill() {
        open(
                Kind.BESIDE_PASSWORD,
                "conditional",
                "{abortTakes: null, plan: [{after: 1000, throws: 'NotAllowedError'}]}");
        page.waitForCondition(() -> page.evaluate("stub.calls.length").equals(1));

        double clicked = time(page.evaluate("""
                () => {
                  const now = performance.now();
                  document.getElementById("passkey-start").click();
                  return now;
                }"""));
        page.waitForCondition(() -> page.evaluate("stub.calls.length").equals(2));

        assertThat(time(page.evaluate("stub.calls[1].at")) - clicked).isBetween(290.0, 600.0);
    }

    @ParameterizedTest
    @CsvSource({"BESIDE_PASSWORD, pendingInChromium", "REGISTRATION, pendingElsewhere"})
    void aCallThatMeetsAPendingRequestIsRepeatedOnce(Kind kind, String error) {
        open(kind, "none", "{plan: [{after: 1, throws: '%s'}, {after: 1, gives: 'browser'}]}".formatted(error));

        page.click(START);

        assertThat(posted().get("passkeyResponse")).contains("clientDataJSON");
    }

    @Test
    void aRequestThatStaysPendingIsAnError() {
        open(Kind.BESIDE_PASSWORD, "none", "{plan: [{after: 1, throws: 'pendingInChromium'}]}");

        page.click(START);

        assertThat(posted()).containsEntry("passkeyError", "OperationError").containsEntry("passkeyResponse", "");
    }

    @Test
    void aCancelIsNotRepeated() {
        open(Kind.BESIDE_PASSWORD, "none", "{plan: [{after: 1, throws: 'NotAllowedError'}]}");

        page.click(START);

        assertThat(page.locator("#passkey-message")).hasText("Cancelled");
        assertThat(page.evaluate("stub.calls.length")).isEqualTo(1);
    }

    // What the browser, or a password manager in its place, gives

    @ParameterizedTest
    @ValueSource(
            strings = {
                "browser",
                "olderBrowser",
                "olderWebKit",
                "uint8Arrays",
                "dataViews",
                "otherWindow",
                "bare",
                "texts",
                "toJsonOfNothing",
                "toJsonOfOtherBytes",
                "throwingOptionalMembers",
                "withoutOptionalMembers"
            })
    void aCredentialOfAnyShapeIsPosted(String shape) {
        open(Kind.BESIDE_PASSWORD, "none", "{plan: [{after: 1, gives: '%s'}]}".formatted(shape));
        page.click(START);
        AuthenticationResponse signedIn = read(AuthenticationResponse.parse(posted().get("passkeyResponse")));
        assertThat(signedIn.credentialId()).hasToString("-__-AQ");
        assertThat(signedIn.clientDataJson()).hasToString("-__-Ag");
        assertThat(signedIn.authenticatorData()).hasToString("-__-Aw");
        assertThat(signedIn.signature()).hasToString("-__-BA");
        assertThat(signedIn.userHandle().map(Object::toString)).contains("-__-BQ");

        open(Kind.REGISTRATION, "none", "{plan: [{after: 1, gives: '%s'}]}".formatted(shape));
        page.click(START);
        RegistrationResponse created = read(RegistrationResponse.parse(posted().get("passkeyResponse")));
        assertThat(created.clientDataJson()).hasToString("-__-Ag");
        assertThat(created.attestationObject()).hasToString("-__-Bg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "undefined"})
    void noCredentialIsACancel(String shape) {
        open(Kind.BESIDE_PASSWORD, "none", "{plan: [{after: 1, gives: '%s'}]}".formatted(shape));

        page.click(START);

        assertThat(page.locator("#passkey-message")).hasText("Cancelled");
        assertThat(host.posts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "emptyObject"})
    void somethingElseThanACredentialIsPostedForTheServerToRefuse(String shape) {
        open(Kind.BESIDE_PASSWORD, "none", "{plan: [{after: 1, gives: '%s'}]}".formatted(shape));

        page.click(START);

        assertThat(AuthenticationResponse.parse(posted().get("passkeyResponse")).refusal())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NotAllowedError", "AbortError", "TimeoutError", "ofOtherWindow", "plainObject", "ordinaryError"
            })
    void aCancelOfAnyShapeStaysOnThePage(String error) {
        open(Kind.BESIDE_PASSWORD, "none", "{plan: [{after: 1, throws: '%s'}]}".formatted(error));

        page.click(START);

        assertThat(page.locator("#passkey-message")).hasText("Cancelled");
        assertThat(host.posts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidStateError, InvalidStateError",
        "SecurityError, SecurityError",
        "NotSupportedError, NotSupportedError",
        "text, UnknownError",
        "undefined, UnknownError",
        "throwingName, UnknownError"
    })
    void anyOtherErrorIsPostedByItsName(String error, String name) {
        open(Kind.REGISTRATION, "none", "{plan: [{after: 1, throws: '%s'}]}".formatted(error));

        page.click(START);

        assertThat(posted()).containsEntry("passkeyError", name).containsEntry("passkeyResponse", "");
    }

    @Test
    void aCallThatThrowsAtOnceIsAnError() {
        open(Kind.BESIDE_PASSWORD, "none", "{}");
        page.evaluate("() => { navigator.credentials.get = () => { throw new TypeError('no'); }; }");

        page.click(START);

        assertThat(posted()).containsEntry("passkeyError", "TypeError");
    }

    // Browsers without passkeys

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete window.PublicKeyCredential",
                "window.PublicKeyCredential = undefined",
                "Object.defineProperty(navigator, 'credentials', {value: undefined})"
            })
    void aBrowserWithoutPasskeysShowsThePasswordFormAlone(String without) {
        host.open(page, Kind.BESIDE_PASSWORD, "conditional", "{noWebAuthn: true}", without);

        assertThat(page.locator(START)).isHidden();
        assertThat(page.locator(".passkey-divider")).isHidden();
        assertThat(page.locator("#passkey-message")).isHidden();
        page.evaluate("() => document.getElementById('passkey-form').requestSubmit()");
        page.fill("#username", "ada");
        page.keyboard().press("Enter");

        assertThat(posted()).containsEntry("username", "ada");
        assertThat(host.posts()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGN_IN_ALONE", "REGISTRATION"})
    void aBrowserWithoutPasskeysIsToldSoWhereNothingElseIsOffered(Kind kind) {
        host.open(page, kind, "none", "{noWebAuthn: true}", "delete window.PublicKeyCredential");

        assertThat(page.locator("#passkey-message")).hasText("Unsupported");
        assertThat(page.locator(START)).isHidden();
        page.evaluate("() => document.getElementById('passkey-form').requestSubmit()");
        assertThat(page).hasTitle("A page");
        assertThat(host.posts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete PublicKeyCredential.isConditionalMediationAvailable",
                "PublicKeyCredential.isConditionalMediationAvailable = () => { throw new TypeError('no'); }",
                "PublicKeyCredential.isConditionalMediationAvailable = async () => { throw new TypeError('no'); }"
            })
    void withoutAutofillTheButtonWorks(String without) {
        host.open(page, Kind.BESIDE_PASSWORD, "conditional", "{plan: [{after: 1, gives: 'browser'}]}", without);

        page.click(START);

        assertThat(posted().get("passkeyResponse")).contains("clientDataJSON");
    }

    private void open(Kind kind, String mediation, String plan) {
        host.open(page, kind, mediation, plan, "");
    }

    /** Keeps each post on its way until the test lets it go. */
    private static List<Route> holdPosts() {
        List<Route> posting = new ArrayList<>();
        page.route("**/login/**", posting::add);
        return posting;
    }

    private static void assertNoAnswer(Map<String, String> post) {
        assertThat(post.getOrDefault("passkeyResponse", "")).isEmpty();
        assertThat(post.getOrDefault("passkeyError", "")).isEmpty();
    }

    /** The fields of the only post, once it is there. */
    private Map<String, String> posted() {
        assertThat(page).hasTitle("Posted");
        assertThat(host.posts()).isNotEmpty();
        return host.posts().get(0);
    }

    private static <T> T read(Verdict<T, FailureReason> verdict) {
        return verdict.fold(response -> response, reason -> fail("refused: " + reason));
    }

    private static double time(Object milliseconds) {
        return ((Number) milliseconds).doubleValue();
    }
}
