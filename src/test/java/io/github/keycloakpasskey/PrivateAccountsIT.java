package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * When a flow asks for the passkey after the username, neither the page, a failure nor the response time reveals
 * whether the user exists or has a passkey.
 */
@Shows(Threat.ACCOUNT_PROBE)
@KeycloakTest
class PrivateAccountsIT {

    private static final Step[] NAME_THEN_PASSKEY = {
        Step.required("passkey-username-form"), Step.required("passkey-authenticator")
    };

    private static final int ROUNDS = 100;
    private static final int WARM_UP = 30;

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    private final SoftwareAuthenticator stranger = new SoftwareAuthenticator();

    private TestRealm realm;
    private Person withPasskey;
    private Person withoutPasskey;
    private String unknown;

    @BeforeEach
    void threeNames(TestRealm realm) {
        this.realm = realm;
        withPasskey = realm.newPerson();
        realm.newClient().register(withPasskey, authenticator);
        registerWithPassword(realm.newPerson(), stranger);
        withoutPasskey = realm.newPerson();
        unknown = "ada-" + UUID.randomUUID().toString().substring(0, 13);
        realm.signInWith(NAME_THEN_PASSKEY);
    }

    @Test
    void thePageAfterTheUsernameIsTheSameForEveryUsername() {
        String real = ask(withPasskey.username()).shape(withPasskey.username());

        assertThat(ask(withoutPasskey.username()).shape(withoutPasskey.username()))
                .isEqualTo(real);
        assertThat(ask(unknown).shape(unknown)).isEqualTo(real);
    }

    @Test
    void usernamesWithoutAPasskeyAreAskedForPlausibleDecoys() {
        for (String name : List.of(withoutPasskey.username(), unknown)) {
            JsonNode allowed = ask(name).option("allowCredentials");

            assertThat(allowed).isNotEmpty().allSatisfy(descriptor -> {
                assertThat(descriptor.path("type").asText()).isEqualTo("public-key");
                assertThat(descriptor.path("id").asText())
                        .hasSizeBetween(22, 86)
                        .matches("[A-Za-z0-9_-]+");
                assertThat(descriptor.path("transports")).isNotEmpty();
            });
        }
    }

    @Test
    void theListedPasskeysAreTheSameForEverySpellingOfAUsername() {
        for (String name : List.of(withPasskey.username(), withoutPasskey.username(), unknown)) {
            assertThat(ids(ask(name)))
                    .isEqualTo(ids(ask(name)))
                    .isEqualTo(ids(ask(name.toUpperCase(Locale.ROOT))))
                    .isEqualTo(ids(ask("  " + name + " ")));
        }
    }

    @Test
    void decoysDifferBetweenUsernames() {
        assertThat(ids(ask(unknown))).isNotEqualTo(ids(ask(unknown + "x")));
        assertThat(ids(ask(unknown))).isNotEqualTo(ids(ask(withoutPasskey.username())));
    }

    @Test
    void aForgedResponseWithAListedIdFailsTheSameWayForEveryUsername() {
        List<String> pages = new ArrayList<>();
        for (String name : List.of(withPasskey.username(), withoutPasskey.username(), unknown)) {
            WebClient client = realm.newClient();
            Page page = ask(client, name);
            Page next = client.submitPasskey(page, forged(page, ids(page).get(0)));
            pages.add(next.shape(name));
            assertThat(next.error()).contains("could not be checked");
        }
        assertThat(pages).hasSize(3).allMatch(pages.get(0)::equals);
    }

    @Test
    void aForgedResponseWithAnUnknownIdFailsTheSameWayForEveryUsername() {
        List<String> pages = new ArrayList<>();
        for (String name : List.of(withPasskey.username(), withoutPasskey.username(), unknown)) {
            WebClient client = realm.newClient();
            Page page = ask(client, name);
            pages.add(client.submitPasskey(page, forged(page, "AAAAAAAAAAAAAAAAAAAAAA"))
                    .shape(name));
        }
        assertThat(pages).hasSize(3).allMatch(pages.get(0)::equals);
    }

    @Test
    @Shows(Threat.FOREIGN_PASSKEY)
    void aPasskeyOfAnotherUserFailsTheSameWayForEveryUsername() {
        SoftwareAuthenticator mallorys = new SoftwareAuthenticator();
        registerWithPassword(realm.newPerson(), mallorys);
        List<String> pages = new ArrayList<>();
        for (String name : List.of(withPasskey.username(), withoutPasskey.username(), unknown)) {
            WebClient client = realm.newClient();
            Page page = ask(client, name);
            String answer = mallorys.authenticate(page.optionsWithoutList(), realm.origin())
                    .json();
            Page next = client.submitPasskey(page, answer);
            pages.add(next.shape(name));
            assertThat(next.error()).contains("belongs to another account");
        }
        assertThat(pages).hasSize(3).allMatch(pages.get(0)::equals);
    }

    @Test
    void aDisabledAccountLooksLikeAnUnknownUsername() {
        realm.change(withoutPasskey, user -> user.put("enabled", false));

        assertThat(ask(withoutPasskey.username()).shape(withoutPasskey.username()))
                .isEqualTo(ask(unknown).shape(unknown));
    }

    @Test
    void theOwnerOfAPasskeySignsInAfterTheUsername() {
        WebClient client = realm.newClient();
        Page page = ask(client, withPasskey.username());

        assertThat(client.signIn(page, authenticator).isBackAtApp()).isTrue();
    }

    @Test
    void theEventShowsThatThePasskeyWasADecoy() {
        WebClient client = realm.newClient();
        Page page = ask(client, unknown);
        client.submitPasskey(page, forged(page, ids(page).get(0)));

        JsonNode details = realm.awaitEvent(
                        "LOGIN_ERROR",
                        event -> event.path("details").path("username").asText().equals(unknown))
                .path("details");
        assertThat(details.path("imaginary_passkey").asText()).isEqualTo("true");
    }

    @Test
    void anEmptyUsernameIsAskedForAgain() {
        WebClient client = realm.newClient();
        Page page = client.submit(client.openSignIn(), "#kc-form-login", Map.of("username", "  "));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.error()).isNotBlank();
        assertThat(page.document().selectFirst("#username").val()).isBlank();
        assertThat(page.option("allowCredentials").size()).isZero();
    }

    /** Sends 100 requests for each username in turn. No username is faster or slower more often than chance allows. */
    @Test
    void aHundredRequestsShowNoTimingDifferenceBetweenUsernames() {
        List<String> names = List.of(withPasskey.username(), withoutPasskey.username(), unknown);
        for (int round = 0; round < WARM_UP; round++) {
            names.forEach(this::timeToThePage);
        }
        List<List<Long>> times = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < ROUNDS; round++) {
            for (int turn = 0; turn < names.size(); turn++) {
                int who = (round + turn) % names.size();
                times.get(who).add(timeToThePage(names.get(who)));
            }
        }
        assertThat(chanceOfSlower(times.get(0), times.get(1))).isBetween(0.35, 0.65);
        assertThat(chanceOfSlower(times.get(0), times.get(2))).isBetween(0.35, 0.65);
        assertThat(chanceOfSlower(times.get(1), times.get(2))).isBetween(0.35, 0.65);
    }

    private long timeToThePage(String name) {
        WebClient client = realm.newClient();
        Page signIn = client.openSignIn();
        long start = System.nanoTime();
        client.submit(signIn, "#kc-form-login", Map.of("username", name));
        return System.nanoTime() - start;
    }

    /**
     * How often a time of the first list is longer than a time of the second: 0.5 if the lists cannot be told apart.
     */
    private static double chanceOfSlower(List<Long> ones, List<Long> others) {
        long slower = ones.stream()
                .mapToLong(one -> others.stream().filter(other -> one > other).count())
                .sum();
        return (double) slower / ((long) ones.size() * others.size());
    }

    private Page ask(String name) {
        return ask(realm.newClient(), name);
    }

    private static Page ask(WebClient client, String name) {
        return client.submit(client.openSignIn(), "#kc-form-login", Map.of("username", name));
    }

    private void registerWithPassword(Person person, SoftwareAuthenticator made) {
        realm.signInWith(Step.required("auth-username-password-form"));
        realm.newClient().register(person, made);
        realm.signInWith(NAME_THEN_PASSKEY);
    }

    /** A well-formed response for this page, signed with a key that does not belong to the credential id. */
    private String forged(Page page, String credentialId) {
        return stranger.authenticate(page.optionsWithoutList(), realm.origin())
                .credentialId(Base64.getUrlDecoder().decode(credentialId))
                .withoutUserHandle()
                .json();
    }

    private static List<String> ids(Page page) {
        return StreamSupport.stream(page.option("allowCredentials").spliterator(), false)
                .map(descriptor -> descriptor.path("id").asText())
                .toList();
    }
}
