package io.github.keycloakpasskey.keycloak.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Stub;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

@Shows(Threat.REPLAY)
class ChallengesTest {

    private static final Optional<Duration> A_MINUTE = Optional.of(Duration.ofMinutes(1));

    private final Map<String, Object> notes = new HashMap<>();
    /** With the seconds that each is remembered for. */
    private final Map<Object, Object> used = new HashMap<>();

    private final Challenge challenge = Challenge.random();

    @AfterEach
    void resetClock() {
        Time.setOffset(0);
    }

    @Test
    void theOpenChallengeIsGivenOnce() {
        Challenges.remember(login(), Ceremony.AUTHENTICATION, challenge, Optional.empty());

        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(Verdict.accepted(challenge));
        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(Verdict.refused(FailureReason.CHALLENGE_EXPIRED));
    }

    @Test
    void ofTwoWhoSeeItAtTheSameMomentTheFirstGetsIt() {
        Challenges.remember(login(), Ceremony.AUTHENTICATION, challenge, Optional.empty());
        Map<String, Object> seenByTheOther = Map.copyOf(notes);

        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(Verdict.accepted(challenge));
        notes.putAll(seenByTheOther);
        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(Verdict.refused(FailureReason.CHALLENGE_EXPIRED));
    }

    @Test
    void theChallengeOfARegistrationServesNoSignInNorTheOtherWayRound() {
        Challenges.remember(login(), Ceremony.REGISTRATION, challenge, Optional.empty());
        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(Verdict.refused(FailureReason.CHALLENGE_EXPIRED));

        Challenges.remember(login(), Ceremony.AUTHENTICATION, challenge, Optional.empty());
        assertThat(take(Ceremony.REGISTRATION)).isEqualTo(Verdict.refused(FailureReason.CHALLENGE_EXPIRED));
    }

    @Test
    void itEndsWithThePolicysTimeout() {
        Challenges.remember(login(), Ceremony.AUTHENTICATION, challenge, A_MINUTE);
        Time.setOffset(61);
        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(Verdict.refused(FailureReason.CHALLENGE_EXPIRED));

        Challenges.remember(login(), Ceremony.AUTHENTICATION, challenge, A_MINUTE);
        Time.setOffset(119);
        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(Verdict.accepted(challenge));
    }

    @Test
    void aNewPageTakesTheChallengeOfAnOlderOneAway() {
        Challenge newer = Challenge.random();
        Challenges.remember(login(), Ceremony.AUTHENTICATION, challenge, A_MINUTE);
        Challenges.remember(login(), Ceremony.AUTHENTICATION, newer, A_MINUTE);

        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(Verdict.accepted(newer));
    }

    /** What was used is remembered for each sign-in, so for no longer than it could serve, by any node's clock. */
    @Test
    void thatItWasUsedIsRememberedUntilNoNodeTakesIt() {
        Challenges.remember(login(), Ceremony.AUTHENTICATION, challenge, A_MINUTE);
        Time.setOffset(20);
        take(Ceremony.AUTHENTICATION);

        assertThat(used.values()).singleElement().asInstanceOf(LONG).isBetween(98L, 101L);
    }

    @Test
    void thatItWasUsedIsRememberedAsLongAsTheLoginWhereItHasNoTimeout() {
        Challenges.remember(login(), Ceremony.AUTHENTICATION, challenge, Optional.empty());
        take(Ceremony.AUTHENTICATION);

        assertThat(used.values()).containsExactly(1800L);
    }

    private Verdict<Challenge, FailureReason> take(Ceremony ceremony) {
        return Challenges.take(session(), login(), ceremony);
    }

    private KeycloakSession session() {
        SingleUseObjectProvider objects = Stub.of(
                SingleUseObjectProvider.class,
                Map.of("putIfAbsent", arguments -> used.putIfAbsent(arguments[0], arguments[1]) == null));
        return Stub.of(KeycloakSession.class, Map.of("singleUseObjects", arguments -> objects));
    }

    private AuthenticationSessionModel login() {
        Stub.Answer lifespan = arguments -> 1800;
        RealmModel realm = Stub.of(
                RealmModel.class,
                Map.of(
                        "getAccessCodeLifespanLogin", lifespan,
                        "getAccessCodeLifespanUserAction", lifespan,
                        "getAccessCodeLifespan", lifespan));
        return Stub.of(
                AuthenticationSessionModel.class,
                Map.of(
                        "getRealm", arguments -> realm,
                        "getAuthNote", arguments -> notes.get(arguments[0].toString()),
                        "setAuthNote", arguments -> notes.put(arguments[0].toString(), arguments[1]),
                        "removeAuthNote", arguments -> notes.remove(arguments[0].toString())));
    }
}
