package io.github.keycloakpasskey.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@Shows(Threat.ACCOUNT_PROBE)
class DecoyCredentialsTest {

    private static final Bytes SECRET = Fixture.utf8("what only this server knows");

    private final DecoyCredentials decoys = new DecoyCredentials(SECRET);

    @Test
    void decoysAreTheSameForTheSameNameAndSecret() {
        assertThat(new DecoyCredentials(SECRET).of("alice")).isEqualTo(decoys.of("alice"));
        assertThat(decoys.of("bob")).isNotEqualTo(decoys.of("alice"));
        assertThat(new DecoyCredentials(Fixture.utf8("what another server knows")).of("alice"))
                .isNotEqualTo(decoys.of("alice"));
    }

    @Test
    void decoysHaveTheShapesOfSeveralKindsOfAuthenticators() {
        List<List<CredentialRecord>> many = IntStream.range(0, 200)
                .mapToObj(number -> decoys.of("name" + number))
                .toList();

        assertThat(many.stream().map(List::size).distinct()).containsExactlyInAnyOrder(1, 2);
        assertThat(many.stream().map(list -> list.get(0).id().size()).distinct())
                .contains(16, 20, 32, 64);
        assertThat(many.stream().flatMap(List::stream).map(CredentialRecord::id).distinct())
                .hasSize(many.stream().mapToInt(List::size).sum());
    }

    @Test
    void anAnswerForADecoyFailsInTheStepOfItsSignature() {
        Fixture fixture = new Fixture();
        CredentialRecord real = fixture.registered();
        CredentialRecord one = decoys.of("alice").get(0);

        assertThat(fixture.signIn(one, answer -> answer.credentialId(one.id().toByteArray()))
                        .refusal())
                .contains(FailureReason.SIGNATURE_INVALID);
        assertThat(fixture.signIn(real, UnaryOperator.identity()).refusal()).isEmpty();
    }

    @Test
    void aSecretOfFewerThan16BytesIsRefused() {
        assertThatThrownBy(() -> new DecoyCredentials(Fixture.utf8("short")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
