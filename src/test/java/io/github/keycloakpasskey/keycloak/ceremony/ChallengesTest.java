package io.github.keycloakpasskey.keycloak.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import io.github.keycloakpasskey.keycloak.login.Ceremony;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.SingleUseSession;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Shows(Threat.REPLAY)
class ChallengesTest {

    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final Optional<Duration> A_MINUTE = Optional.of(Duration.ofMinutes(1));
    private static final Verdict<Challenge, KeycloakReason> EXPIRED = Verdict.refused(KeycloakReason.CHALLENGE_EXPIRED);

    private final Map<String, String> notes = new HashMap<>();
    /** The challenges that were used, with the seconds for which each is remembered. */
    private final Map<Object, Object> used = new HashMap<>();

    private final Challenge challenge = Challenge.random();

    @Test
    void anOpenChallengeIsGivenOnce() {
        open(Ceremony.AUTHENTICATION, challenge, Optional.empty());

        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(Verdict.accepted(challenge));
        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(EXPIRED);
    }

    @Test
    void ofTwoPostsThatReadTheSameChallengeTheFirstGetsIt() {
        open(Ceremony.AUTHENTICATION, challenge, Optional.empty());
        Map<String, String> asTheOtherReadThem = Map.copyOf(notes);

        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(Verdict.accepted(challenge));
        notes.putAll(asTheOtherReadThem);
        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(EXPIRED);
    }

    @Test
    void theChallengeOfOneCeremonyDoesNotServeTheOther() {
        open(Ceremony.REGISTRATION, challenge, Optional.empty());
        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(EXPIRED);

        open(Ceremony.AUTHENTICATION, challenge, Optional.empty());
        assertThat(take(Ceremony.REGISTRATION)).isEqualTo(EXPIRED);
    }

    @Test
    void aChallengeExpiresWithTheTimeoutOfTheCeremony() {
        open(Ceremony.AUTHENTICATION, challenge, A_MINUTE);
        assertThat(takeAfter(Duration.ofSeconds(60))).isEqualTo(EXPIRED);

        open(Ceremony.AUTHENTICATION, challenge, A_MINUTE);
        assertThat(takeAfter(Duration.ofSeconds(59))).isEqualTo(Verdict.accepted(challenge));
    }

    @Test
    void aNewPageReplacesTheChallengeOfAnOlderOne() {
        Challenge newer = Challenge.random();
        open(Ceremony.AUTHENTICATION, challenge, A_MINUTE);
        open(Ceremony.AUTHENTICATION, newer, A_MINUTE);

        assertThat(take(Ceremony.AUTHENTICATION)).isEqualTo(Verdict.accepted(newer));
    }

    /** Each sign-in is remembered, so for no longer than the challenge could serve, by the clock of any node. */
    @Test
    void aUseIsRememberedUntilNoNodeAcceptsTheChallenge() {
        open(Ceremony.AUTHENTICATION, challenge, A_MINUTE);
        takeAfter(Duration.ofSeconds(20));

        assertThat(used.values()).singleElement().asInstanceOf(LONG).isEqualTo(100L);
    }

    @Test
    void aUseIsRememberedAsLongAsTheLoginLivesIfTheCeremonyHasNoTimeout() {
        open(Ceremony.AUTHENTICATION, challenge, Optional.empty());
        take(Ceremony.AUTHENTICATION);

        assertThat(used.values()).containsExactly(1800L);
    }

    private void open(Ceremony ceremony, Challenge opened, Optional<Duration> lifespan) {
        at(NOW).open(ceremony, opened, lifespan);
    }

    private Verdict<Challenge, KeycloakReason> take(Ceremony ceremony) {
        return at(NOW).take(ceremony);
    }

    private Verdict<Challenge, KeycloakReason> takeAfter(Duration duration) {
        return at(NOW.plus(duration)).take(Ceremony.AUTHENTICATION);
    }

    private Challenges at(Instant instant) {
        return new Challenges(
                SingleUseSession.with(used, Duration.ofMinutes(30)),
                LoginState.of(notes, List.of()),
                Clock.fixed(instant, ZoneOffset.UTC));
    }
}
