package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.AtOnce;
import io.github.keycloakpasskey.testbed.Await;
import io.github.keycloakpasskey.testbed.Cluster;
import io.github.keycloakpasskey.testbed.ClusterTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Two nodes know one truth: whatever one of them was told or asked, the other goes on with. */
@ClusterTest
class TwoNodesIT {

    private static final int ONE = 0;
    private static final int OTHER = 1;
    private static final Duration OUTAGE = Duration.ofSeconds(10);
    private static final Duration RECOVERS_WITHIN = Duration.ofMinutes(2);

    /** So many sign-ins in a row are no luck. */
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
        cluster.sendToAll();
        realm.close();
    }

    @Test
    void aCeremonyThatStartsOnOneNodeEndsOnTheOther() {
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
    void everyRequestMayGoToAnotherNode() {
        client.register(person, authenticator);

        WebClient fresh = realm.newClient();
        Page end = fresh.signIn(fresh.openSignIn(), authenticator);

        assertThat(fresh.idToken(end).path("sub").asText()).isEqualTo(person.id());
    }

    /** Of one page that is sent to both nodes. */
    @RepeatedTest(3)
    @Shows(Threat.REPLAY)
    void aChallengeServesOncePerCluster() throws Exception {
        client.register(person, authenticator);
        WebClient fresh = realm.newClient();
        Page page = fresh.openSignIn();
        String answer = authenticator
                .authenticate(page.options(), realm.origin())
                .signCount(0)
                .json();
        WebClient again = fresh.again();
        realm.forgetEvents();

        AtOnce.send(List.of(() -> fresh.submitPasskey(page, answer), () -> again.submitPasskey(page, answer)));

        realm.awaitEvent("LOGIN", person);
        assertThat(realm.events("LOGIN").stream()
                        .filter(event -> event.path("details").has("user_verified")))
                .hasSize(1);
    }

    /** Of two logins, each on a node of its own. */
    @RepeatedTest(3)
    @Shows(Threat.COPIED_KEY)
    void aCounterValueSignsInOnce() throws Exception {
        client.register(person, authenticator);
        cluster.sendToAll();
        WebClient first = realm.newClient();
        WebClient second = realm.newClient();
        Page page = first.openSignIn();
        Page same = second.openSignIn();
        String answer = authenticator
                .authenticate(page.options(), realm.origin())
                .signCount(7)
                .json();
        String copied = authenticator
                .authenticate(same.options(), realm.origin())
                .signCount(7)
                .json();

        List<Page> answers =
                AtOnce.send(List.of(() -> first.submitPasskey(page, answer), () -> second.submitPasskey(same, copied)));

        assertThat(answers).filteredOn(Page::isBackAtApp).hasSize(1);
        assertThat(answers)
                .filteredOn(next -> !next.isBackAtApp())
                .singleElement()
                .satisfies(refused -> assertThat(refused.status()).isEqualTo(200));
        realm.awaitRefusal("LOGIN_ERROR", "sign-count-not-increased");
    }

    @Test
    void whatOneNodeIsToldTheOtherKnowsAtOnce() {
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

    /** Killed, with no time to hand anything over, between the challenge and its answer. */
    @Test
    void aNodeThatIsKilledCostsOneRetryAtMost() {
        client.register(person, authenticator);
        WebClient fresh = realm.newClient();
        cluster.sendTo(ONE);
        Page page = fresh.openSignIn();
        cluster.kill(ONE);
        try {
            cluster.sendTo(OTHER);
            Page next = fresh.signIn(page, authenticator);
            if (!next.isBackAtApp()) {
                assertThat(next.status()).isLessThan(500);
                next = fresh.signIn(next, authenticator);
            }

            assertThat(next.isBackAtApp()).isTrue();
            assertThat(realm.passkeys(person)).hasSize(1);
        } finally {
            cluster.restart(ONE);
        }
    }

    /** A connection that broke is noticed by whoever uses it next, so a few more may read that something went wrong. */
    @Test
    void aDatabaseThatStopsIsToldOfAndComesBackByItself() {
        client.register(person, authenticator);
        WebClient fresh = realm.newClient();
        Page page = fresh.openSignIn();
        Instant back = Instant.now().plus(OUTAGE);
        cluster.cutDatabaseOff();
        try {
            Page failed = fresh.signIn(page, authenticator);

            assertThat(failed.text()).contains("An internal server error has occurred");
            Await.until("the end of the outage", () -> Instant.now().isAfter(back));
        } finally {
            cluster.connectDatabase();
        }

        Await.present(
                "sign-ins on both nodes after the outage",
                RECOVERS_WITHIN,
                () -> Stream.generate(this::isServed).limit(STEADY).allMatch(it -> it)
                        ? Optional.of(true)
                        : Optional.empty());
    }

    private boolean isServed() {
        try {
            WebClient again = realm.newClient();
            Page page = again.openSignIn();
            return page.hasPasskeyForm()
                    && again.signIn(page, authenticator).isBackAtApp()
                    && realm.passkeys(person).size() == 1;
        } catch (IllegalStateException refusedByTheAdminApi) {
            return false;
        }
    }
}
