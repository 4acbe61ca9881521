package io.github.keycloakpasskey.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Verdict<Integer, FailureReason> ACCEPTED = Verdict.accepted(7);
    private static final Verdict<Integer, FailureReason> REFUSED = Verdict.refused(FailureReason.CHALLENGE_MISMATCH);

    @Test
    void anAcceptedValueIsPassedToTheNextPart() {
        assertThat(ACCEPTED.then(value -> Verdict.accepted("seven"))).isEqualTo(Verdict.accepted("seven"));
    }

    @Test
    void aRefusalSkipsTheNextPart() {
        assertThat(REFUSED.then(value -> Verdict.accepted("seven")))
                .isEqualTo(Verdict.refused(FailureReason.CHALLENGE_MISMATCH));
    }

    @Test
    void aRefusalTakesTheReasonOfAnotherLayer() {
        assertThat(REFUSED.mapRefusal(FailureReason::code)).isEqualTo(Verdict.refused("challenge-mismatch"));
    }

    @Test
    void anAcceptedValueKeepsItsValueInAnotherLayer() {
        assertThat(ACCEPTED.mapRefusal(FailureReason::code)).isEqualTo(Verdict.accepted(7));
    }
}
