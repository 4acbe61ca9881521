package io.github.keycloakpasskey.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.keycloakpasskey.testbed.Algorithm;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the fuzz targets report as a finding. */
class FindingsTest {

    private final GenuineAuthentication genuine = GenuineAuthentication.own(Algorithm.ES256);
    private final Acceptance acceptance = new Acceptance(Site.OWN);

    @Test
    void anInputThatIsSlowEveryTimeIsAFinding() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> InTime.judge(slow(Integer.MAX_VALUE), new byte[0]))
                .withMessageStartingWith("took 1");
    }

    @Test
    void aSinglePauseOfTheMachineIsNotAFinding() {
        assertThat(InTime.judge(slow(1), new byte[0])).isTrue();
    }

    @Test
    void anAcceptedForgedSignatureIsAFinding() {
        AuthenticationResponse response = genuine.response();

        assertThatCode(() -> acceptance.ofAuthentication(response, response)).doesNotThrowAnyException();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> acceptance.ofAuthentication(response, changed(bytes -> bytes, Bytes::sha256)))
                .withMessage("accepted with a forged signature");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> acceptance.ofAuthentication(
                        response, changed(data -> data.concat(data.sha256()), signature -> signature)))
                .withMessage("accepted with unsigned authenticator data");
    }

    @Test
    void anAcceptedForeignKeyIsAFinding() {
        byte[] key = genuine.credential().publicKeyCose().toByteArray();
        byte[] other = key.clone();
        other[other.length - 1] ^= 1;

        assertThatCode(() -> acceptance.ofKey(key, key)).doesNotThrowAnyException();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> acceptance.ofKey(key, other))
                .withMessage("accepted with another key");
    }

    @Test
    void partsAreEncodedAsTheyWereRead() {
        for (GenuineRegistration registration : new Registrations().all()) {
            assertThat(Bytes.of(registration.parts().encode()))
                    .as(registration.name())
                    .isEqualTo(registration.attestationObject());
        }
    }

    @Test
    void anEditChangesOnePartAndItsEncodedLength() {
        Part message = Part.group(Part.Kind.ARRAY, Part.bytes(new byte[] {1, 2}), Part.text("a"));
        // Inserts two bytes at the beginning of the second part.
        Edits.apply(ByteBuffer.wrap(new byte[] {2, 1, 2, 8, 9, 0, 0}), List.of(message));

        assertThat(message.encode()).containsExactly(0x82, 0x44, 8, 9, 1, 2, 0x61, 'a');
    }

    private AuthenticationResponse changed(UnaryOperator<Bytes> authenticatorData, UnaryOperator<Bytes> signature) {
        AuthenticationResponse response = genuine.response();
        return response.toBuilder()
                .authenticatorData(authenticatorData.apply(response.authenticatorData()))
                .signature(signature.apply(response.signature()))
                .build();
    }

    /** A target that is too slow the given number of times, and fast afterwards. */
    private static FuzzTarget slow(int times) {
        return new FuzzTarget() {
            private int judged;

            @Override
            public Map<String, byte[]> seeds() {
                return Map.of();
            }

            @Override
            public boolean judge(byte[] input) {
                long enough = System.nanoTime() + InTime.LONGEST.toNanos() + 1_000_000;
                while (judged < times && System.nanoTime() < enough) {
                    Thread.onSpinWait();
                }
                judged++;
                return true;
            }
        };
    }
}
