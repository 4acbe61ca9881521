package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.AtOnce;
import io.github.keycloakpasskey.testbed.Await;
import io.github.keycloakpasskey.testbed.BuiltInPages;
import io.github.keycloakpasskey.testbed.Cluster;
import io.github.keycloakpasskey.testbed.ClusterTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.RowLock;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.SoftwarePasskey;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Two nodes share one state: each continues what the other has started. */
@ClusterTest
class TwoNodesIT {

    private static final int ONE = 0;
    private static final int OTHER = 1;
    private static final List<Integer> NODES = List.of(ONE, OTHER);
    private static final Duration OUTAGE = Duration.ofSeconds(10);
    private static final Duration RECOVERS_WITHIN = Duration.ofSeconds(30);

    /** Users do not wait much longer for a page. The server waits five seconds for a database connection. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(20);

    /** So many successful sign-ins in a row are not a coincidence. */
    private static final int STEADY = 10;

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    private Cluster cluster;
    private TestRealm realm;
    private Person person;
    private WebClient client;

    @BeforeEach
    void aPersonWithAPasskey(Cluster cluster) {
        this.cluster = cluster;
        realm = cluster.newRealm();
        person = realm.newPerson();
        client = realm.newClient();
    }

    @AfterEach
    void undo() {
        cluster.restore();
        realm.close();
    }

    @Test
    void aCeremonyCanStartOnOneNodeAndEndOnTheOther() {
        cluster.sendTo(ONE);
        Page making = client.openRegistration(person);
        cluster.sendTo(OTHER);
        String made = authenticator.register(making.options(), realm.origin()).json();
        assertThat(client.submitPasskey(making, made).isBackAtApp()).isTrue();

        WebClient fresh = realm.newClient();
        Page signIn = fresh.openSignIn();
        cluster.sendTo(ONE);
        Page end = fresh.signIn(signIn, authenticator);

        assertThat(fresh.idToken(end).path("sub").asText()).isEqualTo(person.id());
    }

    @Test
    void aSignInWorksWhenEveryRequestGoesToAnotherNode() {
        client.register(person, authenticator);

        cluster.sendToAll();
        WebClient fresh = realm.newClient();
        Page end = fresh.signIn(fresh.openSignIn(), authenticator);

        assertThat(cluster.answeredBy("GET")).hasSize(1).doesNotContainAnyElementsOf(cluster.answeredBy("POST"));
        assertThat(fresh.idToken(end).path("sub").asText()).isEqualTo(person.id());
    }

    /** Posts the response of one page to both nodes. */
    @RepeatedTest(3)
    @Shows(Threat.REPLAY)
    void aChallengeWorksOnlyOnceInTheCluster() throws Exception {
        client.register(person, authenticator);
        WebClient fresh = realm.newClient();
        Page page = fresh.openSignIn();
        String answer = answer(page, 0);
        WebClient again = fresh.again();
        realm.forgetEvents();
        cluster.sendPostsToEach();

        List<Page> answers =
                AtOnce.send(List.of(() -> fresh.submitPasskey(page, answer), () -> again.submitPasskey(page, answer)));

        assertThat(cluster.answeredBy("POST")).containsExactlyInAnyOrder(ONE, OTHER);
        cluster.sendToAll();
        assertThat(answers).allSatisfy(next -> assertThat(next.status()).isLessThan(500));
        assertThat(realm.passkeySignInsSoFar()).hasSize(1);
    }

    /** Two logins, each on its own node, wait for the row until both have reached it. */
    @RepeatedTest(3)
    @Shows(Threat.COPIED_KEY)
    void aCounterValueSignsInOnlyOnceInTheCluster() throws Exception {
        client.register(person, authenticator);
        WebClient first = realm.newClient();
        WebClient second = realm.newClient();
        Page page = first.openSignIn();
        Page same = second.openSignIn();
        String answer = answer(page, 7);
        String copied = answer(same, 7);

        String row = realm.passkeys(person).get(0).rowId();
        cluster.sendPostsToEach();
        List<Page> answers;
        try (RowLock lock = cluster.lock("credential", row)) {
            answers = AtOnce.send(
                    List.of(() -> first.submitPasskey(page, answer), () -> second.submitPasskey(same, copied)), () -> {
                        lock.awaitWaiting(2);
                        lock.release();
                    });
        }

        assertThat(cluster.answeredBy("POST")).containsExactlyInAnyOrder(ONE, OTHER);
        cluster.sendToAll();
        AtOnce.assertOneIsAccepted(answers, "copy of this passkey");
        assertThat(realm.passkeySignInsSoFar()).hasSize(1);
        realm.awaitRefusal("LOGIN_ERROR", "sign-count-not-increased");
    }

    /** Two logins, each on its own node, wait for the row until both have reached it. */
    @RepeatedTest(3)
    void twoSignInsAtOnceAdoptABuiltInPasskeyOnce() throws Exception {
        BuiltInPages.register(realm, person, authenticator, BuiltInPages.REGISTER_PASSKEY);
        WebClient first = realm.newClient();
        WebClient second = realm.newClient();
        Page page = first.openSignIn();
        Page same = second.openSignIn();
        String answer = answer(page, 0);
        String other = answer(same, 0);
        String row = builtIn(person).path("id").asText();

        cluster.sendPostsToEach();
        List<Page> answers;
        try (RowLock lock = cluster.lock("credential", row)) {
            answers = AtOnce.send(
                    List.of(() -> first.submitPasskey(page, answer), () -> second.submitPasskey(same, other)), () -> {
                        lock.awaitWaiting(2);
                        lock.release();
                    });
        }

        assertThat(cluster.answeredBy("POST")).containsExactlyInAnyOrder(ONE, OTHER);
        cluster.sendToAll();
        assertThat(answers)
                .allSatisfy(
                        end -> assertThat(end.isBackAtApp()).as(end.toString()).isTrue());
        assertThat(realm.credentials(person))
                .filteredOn(credential -> !credential.path("type").asText().equals("password"))
                .singleElement()
                .satisfies(credential ->
                        assertThat(credential.path("type").asText()).isEqualTo("passkey"));
    }

    /** Two users whose built-in rows have the same credential ID sign in at the same moment. Neither sees a server error. */
    @RepeatedTest(3)
    void aCredentialIdOfTwoUsersIsAdoptedOnceAtTheSameMoment() throws Exception {
        SoftwarePasskey shared = BuiltInPages.register(realm, person, authenticator, BuiltInPages.REGISTER_PASSKEY);
        Person other = realm.newPerson(List.of(Map.of(
                "type",
                "webauthn-passwordless",
                "secretData",
                "{}",
                "credentialData",
                builtIn(person).path("credentialData").asText())));
        WebClient first = realm.newClient();
        WebClient second = realm.newClient();
        Page page = first.openSignIn();
        Page same = second.openSignIn();
        String answer = answer(page, 0);
        String claimed = authenticator
                .authenticate(same.options(), realm.origin())
                .with(shared)
                .signCount(0)
                .userHandle(other.id().getBytes(StandardCharsets.UTF_8))
                .json();

        cluster.sendPostsToEach();
        List<Page> answers;
        try (RowLock lock =
                        cluster.lock("credential", builtIn(person).path("id").asText());
                RowLock lockOfOther =
                        cluster.lock("credential", builtIn(other).path("id").asText())) {
            answers = AtOnce.send(
                    List.of(() -> first.submitPasskey(page, answer), () -> second.submitPasskey(same, claimed)), () -> {
                        lock.awaitWaiting(2);
                        lock.release();
                        lockOfOther.release();
                    });
        }

        cluster.sendToAll();
        assertThat(answers).allSatisfy(end -> assertThat(end.status()).isLessThan(500));
        assertThat(answers).anyMatch(Page::isBackAtApp);
        assertThat(realm.passkeys(person).size() + realm.passkeys(other).size()).isEqualTo(1);
        assertThat(realm.credentials(person).size() + realm.credentials(other).size())
                .isEqualTo(4);
    }

    private JsonNode builtIn(Person owner) {
        return realm.credentials(owner).stream()
                .filter(credential -> credential.path("type").asText().equals("webauthn-passwordless"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void passkeysCreatedOrDeletedOnOneNodeAreKnownOnTheOtherAtOnce() {
        cluster.sendTo(OTHER);
        assertThat(realm.passkeys(person)).isEmpty();
        cluster.sendTo(ONE);
        client.register(person, authenticator);
        cluster.sendTo(OTHER);
        WebClient fresh = realm.newClient();
        assertThat(fresh.signIn(fresh.openSignIn(), authenticator).isBackAtApp())
                .isTrue();

        cluster.sendTo(ONE);
        realm.deleteCredential(person, realm.passkeys(person).get(0));
        cluster.sendTo(OTHER);
        assertThat(realm.passkeys(person)).isEmpty();
        WebClient gone = realm.newClient();
        Page refused = gone.signIn(gone.openSignIn(), authenticator);

        assertThat(refused.isBackAtApp()).isFalse();
        realm.awaitRefusal("LOGIN_ERROR", "credential-unknown");
    }

    /** The node is killed without a shutdown, between the challenge and the response. */
    @Test
    void aNodeKilledDuringASignInCostsAtMostOneRetry() {
        client.register(person, authenticator);
        WebClient fresh = realm.newClient();
        cluster.sendTo(ONE);
        Page page = fresh.openSignIn();

        cluster.kill(ONE);
        cluster.sendTo(OTHER);
        Page next = fresh.signIn(page, authenticator);
        if (!next.isBackAtApp()) {
            assertThat(next.status()).isLessThan(500);
            next = fresh.signIn(next, authenticator);
        }

        assertThat(next.isBackAtApp()).isTrue();
    }

    /**
     * The node is killed before anything was stored. The registration succeeds on the other node, with one retry at
     * most.
     */
    @Test
    void aNodeKilledDuringARegistrationCostsAtMostOneRetry() {
        cluster.sendTo(ONE);
        Page page = client.openRegistration(person);

        cluster.kill(ONE);
        cluster.sendTo(OTHER);
        assertThat(realm.passkeys(person)).isEmpty();
        Page next = client.submitPasskey(
                page, authenticator.register(page.options(), realm.origin()).json());
        if (!next.isBackAtApp()) {
            assertThat(next.status()).isLessThan(500);
            assertThat(realm.passkeys(person)).isEmpty();
            client.register(person, authenticator);
        }

        assertNewestServes();
    }

    /** The node is killed while it waits to store a passkey. It stores none and blocks nobody. */
    @Test
    void aNodeKilledWhileItWaitsToStoreAPasskeyStoresNone() throws Exception {
        cluster.sendTo(ONE);
        Page page = client.openRegistration(person);
        String answer = authenticator.register(page.options(), realm.origin()).json();

        List<Page> answers;
        try (RowLock lock = cluster.lock("user_entity", person.id())) {
            answers = AtOnce.send(List.of(() -> client.submitPasskey(page, answer)), () -> {
                lock.awaitWaiting(1);
                cluster.kill(ONE);
            });
        }

        assertThat(answers).singleElement().satisfies(cut -> assertThat(cut.status())
                .isEqualTo(502));
        cluster.sendTo(OTHER);
        assertThat(realm.passkeys(person)).isEmpty();
        client.register(person, authenticator);
        assertNewestServes();
    }

    /** The node is killed right after it confirmed that the passkey is stored. */
    @Test
    void aPasskeyConfirmedByAKilledNodeIsNotLost() {
        cluster.sendTo(ONE);
        client.register(person, authenticator);

        cluster.kill(ONE);
        cluster.sendTo(OTHER);

        assertThat(client.openSignIn().isBackAtApp()).as("the session").isTrue();
        assertNewestServes();
    }

    /**
     * Each node shows an error page when a passkey is posted. When a page is opened, a node shows an error or the page,
     * because opening a page does not always need the database.
     */
    @Test
    void usersSeeAnErrorPageDuringADatabaseOutageAndNodesRecover() {
        client.register(person, authenticator);
        Map<Integer, WebClient> clients = new HashMap<>();
        Map<Integer, Page> pages = new HashMap<>();
        for (int node : NODES) {
            cluster.sendTo(node);
            WebClient fresh = realm.newClient();
            clients.put(node, fresh);
            pages.put(node, fresh.openSignIn());
        }
        Instant back = Instant.now().plus(OUTAGE);
        cluster.cutDatabaseOff();

        for (int node : NODES) {
            cluster.sendTo(node);
            Page answered = inTime(() -> clients.get(node).signIn(pages.get(node), authenticator));
            assertTold(answered);
            Page opened = inTime(() -> realm.newClient().openSignIn());
            if (!opened.hasPasskeyForm()) {
                assertTold(opened);
            }
        }
        awaitEnd(back);
        cluster.connectDatabase();

        assertRecovers();
    }

    /**
     * The database accepts requests but does not answer. By default Keycloak sets no time limit for an answer. Users
     * wait until the database answers, and then see the result or an error page.
     */
    @Test
    void requestsWaitForAHangingDatabaseAndNodesRecover() throws Exception {
        client.register(person, authenticator);
        cluster.sendToAll();
        WebClient first = realm.newClient();
        WebClient second = realm.newClient();
        Page page = first.openSignIn();
        Page same = second.openSignIn();
        // Without a counter, because either of the two can come first.
        String answer = answer(page, 0);
        String other = answer(same, 0);
        cluster.sendPostsToEach();
        Instant back = Instant.now().plus(OUTAGE);
        cluster.holdDatabase();

        List<Page> answers = AtOnce.send(
                List.of(() -> first.submitPasskey(page, answer), () -> second.submitPasskey(same, other)), () -> {
                    awaitEnd(back);
                    cluster.connectDatabase();
                });

        assertThat(Instant.now()).isBefore(back.plus(TOLD_WITHIN));
        assertThat(cluster.answeredBy("POST")).containsExactlyInAnyOrder(ONE, OTHER);
        assertThat(answers).allSatisfy(next -> {
            if (!next.isBackAtApp()) {
                assertTold(next);
            }
        });
        assertRecovers();
    }

    private String answer(Page page, long signCount) {
        return authenticator
                .authenticate(page.options(), realm.origin())
                .signCount(signCount)
                .json();
    }

    private static void awaitEnd(Instant outage) {
        Await.until("the end of the outage", () -> Instant.now().isAfter(outage));
    }

    private static Page inTime(Supplier<Page> request) {
        Instant asked = Instant.now();
        Page page = request.get();
        assertThat(Duration.between(asked, Instant.now())).isLessThan(TOLD_WITHIN);
        return page;
    }

    /** Asserts that the theme's error page is shown, with a message for users. */
    private static void assertTold(Page page) {
        assertThat(page.status()).as(page.toString()).isEqualTo(500);
        assertThat(page.document().select("#kc-error-message"))
                .as(page.toString())
                .hasSize(1);
        assertThat(page.error()).contains("An internal server error has occurred");
        assertThat(page.text()).doesNotContain("Exception", "at org.", "at io.");
    }

    /** A broken connection is noticed only when it is used next, so a few more users can see an error. */
    private void assertRecovers() {
        for (int node : NODES) {
            cluster.sendTo(node);
            Await.present(
                    "sign-ins on node " + node + " after the outage",
                    RECOVERS_WITHIN,
                    () -> Stream.generate(this::isServed).limit(STEADY).allMatch(it -> it)
                            ? Optional.of(true)
                            : Optional.empty());
        }
    }

    private boolean isServed() {
        try {
            WebClient again = realm.newClient();
            Page page = again.openSignIn();
            return page.hasPasskeyForm()
                    && again.signIn(page, authenticator).isBackAtApp()
                    && realm.passkeys(person).size() == 1;
        } catch (IllegalStateException | UncheckedIOException notYet) {
            return false;
        }
    }

    /** Asserts that the user has one passkey, which is the newest, and that it signs in. */
    private void assertNewestServes() {
        assertThat(realm.passkeys(person)).singleElement().satisfies(stored -> assertThat(
                        stored.data().path("credentialId").asText())
                .isEqualTo(authenticator.newest().id()));
        WebClient fresh = realm.newClient();
        Page page = fresh.openSignIn();
        String answer = authenticator
                .authenticate(page.options(), realm.origin())
                .with(authenticator.newest())
                .json();
        assertThat(fresh.submitPasskey(page, answer).isBackAtApp()).isTrue();
    }
}
