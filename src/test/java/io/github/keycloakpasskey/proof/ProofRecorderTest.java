package io.github.keycloakpasskey.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Proof.Kind;
import io.github.keycloakpasskey.proof.Proof.Result;
import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is recorded about a test that ran. */
class ProofRecorderTest {

    @Shows(value = Threat.REPLAY, steps = "§7.1")
    static final class Example {

        void showsWhatItsClassShows() {}

        @Shows(weaknesses = Weakness.EMPTY_ID, steps = "§7.2 step 22, a copy")
        void showsMore() {}
    }

    @Test
    void theResultOfATestIsRecordedForItsClass() throws NoSuchMethodException {
        assertThat(ProofRecorder.proofs(
                        Example.class, method("showsWhatItsClassShows"), "showsWhatItsClassShows()", Result.HELD))
                .containsExactly(new Proof(Kind.THREAT, "REPLAY", "Example", Result.HELD));
    }

    @Test
    void anInvocationNamedAfterAStepIsRecordedForThatStep() throws NoSuchMethodException {
        assertThat(ProofRecorder.proofs(
                        Example.class, method("showsWhatItsClassShows"), "\"step 8\": NO", Result.FAILED))
                .contains(new Proof(Kind.STEP, "§7.1 step 8: NO", "Example.showsWhatItsClassShows", Result.FAILED));
    }

    @Test
    void theProofsOfAMethodAreRecordedUnderItsName() throws NoSuchMethodException {
        assertThat(ProofRecorder.proofs(Example.class, method("showsMore"), "showsMore()", Result.NOT_RUN))
                .contains(
                        new Proof(Kind.WEAKNESS, "EMPTY_ID", "Example.showsMore", Result.NOT_RUN),
                        new Proof(Kind.SINGLE_STEP, "§7.2 step 22, a copy", "Example.showsMore", Result.NOT_RUN));
    }

    @Test
    void aClassThatDidNotRunIsRecorded() {
        assertThat(ProofRecorder.proofs(Example.class, Optional.empty(), "Example", Result.NOT_RUN))
                .containsExactly(new Proof(Kind.THREAT, "REPLAY", "Example", Result.NOT_RUN));
    }

    private static Optional<Method> method(String name) throws NoSuchMethodException {
        return Optional.of(Example.class.getDeclaredMethod(name));
    }
}
