package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.testbed.Await;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Example;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an app can request according to {@code docs/apps.md}, and what the ID token then contains. */
@BrowserTest
class AppExamplesIT {

    private static final Step COOKIE = Step.alternative("auth-cookie");

    /** The second cell of a row that holds one parameter. */
    private static final Pattern ASKED = Pattern.compile("(?m)^\\|[^|]+\\| `([^`|]+)` \\|");

    private static final String ANEW = "prompt=login";
    private static final String AFTER_A_WHILE = "max_age=300";
    private static final String MORE = "acr_values=2";
    private static final String MAKE_ONE = "kc_action=passkey-register";
    private static final String MAKE_THE_FIRST = "kc_action=passkey-register:skip_if_exists";
    private static final String SIGN_UP = "prompt=create";

    @Test
    void theDocumentListsExactlyTheParametersTestedHere() throws IOException {
        String document = Files.readString(Path.of("docs/apps.md"));
        String section =
                document.substring(document.indexOf("## What an app asks for"), document.indexOf("## In a web app"));
        assertThat(ASKED.matcher(section).results().map(row -> row.group(1)))
                .containsExactly(ANEW, AFTER_A_WHILE, MORE, MAKE_ONE, MAKE_THE_FIRST, SIGN_UP);
    }

    @Test
    void promptLoginForcesASignInAndAMaxAgeOfFiveMinutesDoesNot(TestRealm realm, TestBrowser browser) {
        browser.register(realm, realm.newPerson());
        realm.signInWith(COOKIE, Step.alternative("passkey-username-password-form"));
        browser.openSignIn(realm, Map.of());
        browser.usePasskey();
        long first = authTime(realm, browser);

        browser.openSignIn(realm, parameter(AFTER_A_WHILE));
        assertThat(authTime(realm, browser)).as("it has not been long").isEqualTo(first);

        Await.until(
                "the next second, as ages are counted in whole ones",
                () -> Instant.now().getEpochSecond() > first);
        browser.openSignIn(realm, parameter(ANEW));
        browser.usePasskey();
        assertThat(authTime(realm, browser)).isGreaterThan(first);
    }

    @Test
    void acrValuesTwoReachesLevelTwoOnlyWithAPasskey(@Example("step-up") TestRealm realm, TestBrowser browser) {
        Person without = realm.newPerson();
        browser.openSignIn(realm, parameter(MORE));
        browser.signInWithPassword(without);
        assertThat(browser.awaitIdToken(realm).path("acr").asText()).isEqualTo("1");
        browser.forgetSessions();

        Person with = realm.newPerson();
        browser.register(realm, with);
        browser.openSignIn(realm, parameter(MORE));
        browser.usePasskey();
        assertThat(browser.awaitIdToken(realm).path("acr").asText()).isEqualTo("2");
    }

    @Test
    void kcActionAsksForAPasskeyAndSkipIfExistsOnlyForTheFirst(TestRealm realm, TestBrowser browser) {
        Person person = realm.newPerson();
        browser.openSignIn(realm, parameter(MAKE_ONE));
        browser.signInWithPassword(person);
        browser.page().click("#passkey-cancel");
        assertThat(browser.awaitBackAtApp(realm)).contains("kc_action_status=cancelled");

        browser.openSignIn(realm, parameter(MAKE_THE_FIRST));
        browser.usePasskey();
        assertThat(browser.awaitBackAtApp(realm)).contains("kc_action_status=success");
        assertThat(realm.passkeys(person)).hasSize(1);

        browser.openSignIn(realm, parameter(MAKE_THE_FIRST));
        assertThat(browser.awaitBackAtApp(realm)).contains("kc_action_status=success");
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    void promptCreateOpensTheSignUpPageWithoutAPassword(
            @Example("sign-up-without-password") TestRealm realm, TestBrowser browser) {
        browser.openSignIn(realm, parameter(SIGN_UP));

        assertThat(browser.page().locator("#kc-register-form")).isVisible();
        assertThat(browser.page().locator("input[type=password]")).hasCount(0);
    }

    /** Uses the configuration keys of a realm file, as the document does. */
    @Test
    void theIdTokenNamesTheCompletedStepInAmr(TestRealm realm, TestBrowser browser) {
        browser.register(realm, realm.newPerson());
        realm.signInWith(
                COOKIE,
                Step.alternative(Step.required("passkey-authenticator")
                        .with(Map.of("default.reference.value", "pop", "default.reference.maxAge", "36000"))));
        JsonNode client =
                realm.admin().get("/clients?clientId=" + TestRealm.CLIENT).get(0);
        String mapper = "/clients/" + client.path("id").asText() + "/protocol-mappers/models";
        String created = realm.admin()
                .create(
                        mapper,
                        Map.of(
                                "name", "amr",
                                "protocol", "openid-connect",
                                "protocolMapper", "oidc-amr-mapper",
                                "config", Map.of("id.token.claim", "true")));
        try {
            browser.openSignIn(realm, Map.of());
            browser.usePasskey();
            assertThat(browser.awaitIdToken(realm).path("amr"))
                    .extracting(JsonNode::asText)
                    .isEqualTo(List.of("pop"));
        } finally {
            realm.admin().delete(mapper + "/" + created);
        }
    }

    private static Map<String, String> parameter(String text) {
        String[] parts = text.split("=", 2);
        return Map.of(parts[0], parts[1]);
    }

    private static long authTime(TestRealm realm, TestBrowser browser) {
        return browser.awaitIdToken(realm).path("auth_time").asLong();
    }
}
