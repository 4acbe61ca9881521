package io.github.keycloakpasskey.keycloak.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final Set<Object> used = new HashSet<>();
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

    private Verdict<Challenge> take(Ceremony ceremony) {
        return Challenges.take(session(), login(), ceremony);
    }

    private KeycloakSession session() {
        SingleUseObjectProvider objects =
                answering(SingleUseObjectProvider.class, Map.of("putIfAbsent", arguments -> used.add(arguments[0])));
        return answering(KeycloakSession.class, Map.of("singleUseObjects", arguments -> objects));
    }

    private AuthenticationSessionModel login() {
        Answer lifespan = arguments -> 1800;
        RealmModel realm = answering(
                RealmModel.class,
                Map.of(
                        "getAccessCodeLifespanLogin", lifespan,
                        "getAccessCodeLifespanUserAction", lifespan,
                        "getAccessCodeLifespan", lifespan));
        return answering(
                AuthenticationSessionModel.class,
                Map.of(
                        "getRealm", arguments -> realm,
                        "getAuthNote", arguments -> notes.get(arguments[0].toString()),
                        "setAuthNote", arguments -> notes.put(arguments[0].toString(), arguments[1]),
                        "removeAuthNote", arguments -> notes.remove(arguments[0].toString())));
    }

    /** Answers only what the test expects to be asked. */
    private static <T> T answering(Class<T> type, Map<String, Answer> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Answer answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new AssertionError("not expected: " + method);
                    }
                    Object value = answer.to(arguments);
                    return method.getReturnType() == void.class ? null : value;
                }));
    }

    private interface Answer {

        Object to(Object[] arguments);
    }
}
