package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import io.github.keycloakpasskey.testbed.Chromium;
import io.github.keycloakpasskey.testbed.PageHost;
import io.github.keycloakpasskey.testbed.PageHost.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an open page gets a new challenge, and what users see where it gets none. */
class PageRenewalTest {

    private static final String START = "#passkey-start";
    private static final String MESSAGE = "#passkey-message";
    private static final String STATUS = "#passkey-status";
    private static final String SHORT_LIFESPAN = "1000";
    private static final String SIGNS_IN = "{plan: [{after: 50, gives: 'browser'}]}";

    private static final String OTHER_PAGE = """
            <!doctype html><title>Another page</title>%s
            <form id="passkey-form" action="/other" data-ceremony="authentication" data-options='{"challenge":"Ag"}'></form>
            """;

    private static Chromium chromium;
    private static PageHost host;
    private static Page page;

    private static final List<String> SCRIPT_ERRORS = new ArrayList<>();

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
    void forgetEarlierPages() {
        SCRIPT_ERRORS.clear();
        page.unrouteAll();
        host.lifespan(SHORT_LIFESPAN);
    }

    @AfterEach
    void noScriptFails() {
        assertThat(SCRIPT_ERRORS).isEmpty();
    }

    // When a page renews its challenge

    /** Browsers run a timer at once if its delay does not fit into 31 bits. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "60000", "4294968000", "2147483647000"})
    void aPageWhoseChallengeIsFreshAsksTheBrowserOnce(String lifespan) {
        host.lifespan(lifespan);
        open(Kind.BESIDE_PASSWORD, "conditional", "{}");
        page.waitForCondition(() -> calls() > 0);

        page.waitForTimeout(500);

        assertThat(calls()).isEqualTo(1);
        assertThat(host.renewals()).isEmpty();
    }

    /** At the app's address each renewal would open another tab in Keycloak's login session. */
    @Test
    void aChallengeIsRenewedAtTheAddressOfTheFormWithoutItsSessionCode() {
        open(Kind.BESIDE_PASSWORD, "none", "{}");
        page.fill("#username", "half a nam");
        String first = options();
        String firstAction = action("#kc-form-login");

        awaitOtherOptions(first);
        awaitOtherOptions(options());

        assertThat(host.renewals()).hasSizeGreaterThanOrEqualTo(2).allSatisfy(renewal -> assertThat(renewal)
                .hasPath("/login/BESIDE_PASSWORD/none")
                .hasQuery("tab_id=one"));
        assertThat(action("#kc-form-login")).isNotEqualTo(firstAction).isEqualTo(action("#passkey-form"));
        assertThat(page.locator("#username")).hasValue("half a nam");
        assertThat(page.locator(MESSAGE)).isHidden();
    }

    @Test
    void anAnswerToTheOldChallengeIsNotPosted() {
        open(Kind.BESIDE_PASSWORD, "conditional", "{autofillGivesAfterAll: 'browser'}");
        String first = options();

        awaitOtherOptions(first);
        page.waitForTimeout(200);

        assertThat(page).hasTitle("A page");
        assertThat(host.posts()).isEmpty();
    }

    @Test
    void aButtonThatIsPressedDuringARenewalWaitsForTheNewChallenge() {
        List<Route> renewing = onRenewal(route -> {});
        open(Kind.REGISTRATION, "none", SIGNS_IN);
        page.waitForCondition(() -> !renewing.isEmpty());
        String old = options();

        page.click(START);
        assertThat(page.locator(STATUS)).hasText("One moment…");
        assertThat(calls()).isZero();
        page.evaluate("() => window.addEventListener('pagehide', () => localStorage.last = stub.calls[0].challenge)");
        renewing.get(0).resume();

        assertThat(page).hasTitle("Posted");
        assertThat(host.posts()).hasSize(1);
        assertThat((String) page.evaluate("localStorage.last")).isNotBlank();
        assertThat(old).doesNotContain((String) page.evaluate("localStorage.last"));
    }

    // A challenge that cannot be renewed

    @Test
    void aPageWhoseRenewalFailedRenewsWhenTheButtonIsPressed() {
        List<Route> renewing = onRenewal(Route::abort);
        open(Kind.BESIDE_PASSWORD, "none", SIGNS_IN);
        page.waitForCondition(() -> !renewing.isEmpty());
        page.unrouteAll();
        assertThat(page.locator(MESSAGE)).isHidden();

        page.click(START);

        assertThat(page).hasTitle("Posted");
        assertThat(host.renewals()).isNotEmpty();
        assertThat(host.posts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"BESIDE_PASSWORD", "REGISTRATION"})
    void aRenewalThatHangsEndsInAMessageAndTheNextPressLoadsThePageAgain(Kind kind) {
        List<Route> renewing = onRenewal(route -> {});
        open(kind, "none", SIGNS_IN);
        page.waitForCondition(() -> !renewing.isEmpty());

        page.click(START);

        assertThat(page.locator(STATUS)).hasText("One moment…");
        assertThat(page.locator(MESSAGE)).hasText("Expired", new HasTextOptions().setTimeout(12_000));
        assertThat(page.locator(STATUS)).hasText("");
        assertThat(page.locator(START)).hasAttribute("aria-disabled", "false");
        assertThat(calls()).isZero();
        assertThat(page.evaluate("() => document.activeElement.id")).isEqualTo("passkey-start");
        page.unrouteAll();
        page.evaluate("window.old = true");
        page.click(START);
        page.waitForFunction("() => !window.old && window.stub?.calls.length === 0");
        page.click(START);
        assertThat(page).hasTitle("Posted");
    }

    @Test
    void aServerThatFailsLeavesThePageAsItIs() {
        List<Route> renewing = onRenewal(route -> route.fulfill(
                new Route.FulfillOptions().setStatus(503).setBody("<p class='kc-feedback-text'>Down</p>")));
        open(Kind.BESIDE_PASSWORD, "none", "{}");

        page.waitForCondition(() -> renewing.size() > 1);

        assertThat(page).hasTitle("A page");
        assertThat(page.locator(MESSAGE)).isHidden();
        assertThat(page.locator(START)).isEnabled();
    }

    // A login that has moved on

    @Test
    void aRegistrationShowsWhatTheSignInPageSaysAndLeadsThere() {
        onRenewal(route ->
                answer(route, "<div lang=\"de\"><span class=\"kc-feedback-text\"> Zu lange gewartet. </span></div>"));
        open(Kind.REGISTRATION, "none", SIGNS_IN);
        page.fill("#passkeyLabel", "My phone");
        String before = options();

        assertThat(page.locator(MESSAGE)).hasText("Zu lange gewartet.");
        assertThat(page.locator("#passkey-message-text")).hasAttribute("lang", "de");
        assertThat(options()).isEqualTo(before);
        assertThat(page.locator(START)).hasAttribute("aria-disabled", "false");
        page.click(START);

        assertThat(page).hasTitle("Another page");
        assertThat(page).hasURL(host.address("/login/REGISTRATION/none?tab_id=one"));
        assertThat(host.posts()).isEmpty();
    }

    @Test
    void aButtonThatIsPressedWhenTheLoginHasMovedOnRunsNoCeremony() {
        List<Route> renewing = onRenewal(route -> {});
        open(Kind.REGISTRATION, "none", SIGNS_IN);
        page.waitForCondition(() -> !renewing.isEmpty());
        page.click(START);
        assertThat(page.locator(STATUS)).hasText("One moment…");

        answer(renewing.get(0), "<span class=\"kc-feedback-text\">Sign in again.</span>");

        assertThat(page.locator(MESSAGE)).hasText("Sign in again.");
        assertThat(page.locator(STATUS)).hasText("");
        assertThat(page.locator(START)).hasAttribute("aria-disabled", "false");
        assertThat(calls()).isZero();
    }

    @Test
    void aPageWithoutAMessageIsShownAtOnce() {
        onRenewal(route -> answer(route, ""));
        open(Kind.REGISTRATION, "none", SIGNS_IN);

        assertThat(page).hasTitle("Another page");
        assertThat(host.posts()).isEmpty();
    }

    // The page is shown again from the browser's cache

    @ParameterizedTest
    @ValueSource(strings = {"", "600000"})
    void aPageThatComesBackAfterAPostRenewsItsChallengeFirst(String lifespan) {
        host.lifespan(lifespan);
        open(Kind.SIGN_IN_ALONE, "none", SIGNS_IN);
        // The page stays, as it does in the browser's cache.
        page.evaluate("() => { HTMLFormElement.prototype.submit = () => { window.submitted = true; }; }");
        page.click(START);
        page.waitForFunction("() => window.submitted");
        String used = options();

        page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        awaitOtherOptions(used);
        page.click(START);
        page.waitForCondition(() -> calls() == 2);

        assertThat(host.renewals()).hasSize(1);
        assertThat(options()).contains((String) page.evaluate("stub.calls[1].challenge"));
    }

    private static void open(Kind kind, String mediation, String plan) {
        host.open(page, kind, mediation, plan, "");
    }

    /** What happens to each request for a new challenge; the list has those that came. */
    private static List<Route> onRenewal(Consumer<Route> answer) {
        List<Route> renewing = new ArrayList<>();
        page.route("**/login/**", route -> {
            if (route.request().method().equals("POST")) {
                route.resume();
                return;
            }
            renewing.add(route);
            answer.accept(route);
        });
        return renewing;
    }

    private static void answer(Route renewal, String message) {
        renewal.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody(OTHER_PAGE.formatted(message)));
    }

    private static void awaitOtherOptions(String old) {
        page.waitForCondition(() -> !options().equals(old));
    }

    private static String options() {
        return page.getAttribute("#passkey-form", "data-options");
    }

    private static String action(String form) {
        return page.getAttribute(form, "action");
    }

    private static int calls() {
        return ((Number) page.evaluate("stub.calls.length")).intValue();
    }
}
