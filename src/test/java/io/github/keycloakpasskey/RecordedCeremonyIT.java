package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import io.github.keycloakpasskey.documents.CeremonyShape;
import io.github.keycloakpasskey.documents.Exchange;
import io.github.keycloakpasskey.documents.Recording;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Repeats the ceremony of {@code docs/how-passkeys-work.md} in a real browser and compares it with {@code
 * docs/ceremony.json}. The test writes its recording to {@code target/ceremony.json}. Copy that file if the ceremony
 * has changed.
 */
@BrowserTest
class RecordedCeremonyIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FIELDS = Pattern.compile("&");
    private static final String ANSWER = "passkeyResponse=";

    private final Deque<JsonNode> answers = new ArrayDeque<>();

    @Test
    void aNewCeremonyHasTheShapeOfTheRecordedOne(TestRealm realm, TestBrowser browser) throws IOException {
        Person person = realm.newPerson();
        browser.page().onRequest(request -> answer(request).ifPresent(answers::add));

        browser.openSignIn(realm, Map.of("kc_action", "passkey-register"));
        browser.signInWithPassword(person);
        Exchange registration = exchange(realm, browser, person);
        browser.forgetSessions();
        browser.openSignIn(realm, Map.of());
        Exchange signIn = exchange(realm, browser, person);

        Recording recording = new Recording(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                with(browser.page()),
                realm.origin(),
                registration,
                signIn);
        recording.write(Path.of(System.getProperty("passkey.build-directory"), "ceremony.json"));
        assertThat(CeremonyShape.of(recording))
                .as("what docs/how-passkeys-work.md shows; CONTRIBUTING.md says how to record it again")
                .isEqualTo(CeremonyShape.of(Recording.read(Recording.FILE)));
    }

    /** Uses the page's button and waits until the user is back at the app. */
    private Exchange exchange(TestRealm realm, TestBrowser browser, Person person) throws IOException {
        JsonNode options = JSON.readTree(browser.page().locator("#passkey-form").getAttribute("data-options"));
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(person.username());
        return new Exchange(options, answers.remove(), stored(realm, person));
    }

    private static JsonNode stored(TestRealm realm, Person person) {
        List<StoredPasskey> passkeys = realm.passkeys(person);
        assertThat(passkeys).hasSize(1);
        StoredPasskey passkey = passkeys.get(0);
        ObjectNode stored = JSON.createObjectNode()
                .put("realm", realm.admin().get("").path("id").asText())
                .put("user", person.id())
                .put("row", passkey.rowId())
                .put("label", passkey.label());
        return stored.set("credentialData", passkey.data());
    }

    /** The browser's response, if the request posts one. */
    private static Optional<JsonNode> answer(Request request) {
        return Optional.ofNullable(request.postData())
                .flatMap(post -> FIELDS.splitAsStream(post)
                        .filter(field -> field.startsWith(ANSWER) && !field.equals(ANSWER))
                        .findFirst())
                .map(field -> URLDecoder.decode(field.substring(ANSWER.length()), StandardCharsets.UTF_8))
                .map(RecordedCeremonyIT::read);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("the page posted no JSON: " + json, e);
        }
    }

    private static String with(Page page) {
        return "Keycloak " + System.getProperty("passkey.keycloak-version") + " and Chromium "
                + page.context().browser().version();
    }
}
