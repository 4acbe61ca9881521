package io.github.keycloakpasskey.keycloak.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import io.github.keycloakpasskey.webauthn.Assertion;
import io.github.keycloakpasskey.webauthn.CredentialDescriptor;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which of a user's passkeys the options name. */
class ListedPasskeysTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void asManyAsBrowsersAcceptAreNamedInTheirOrder() {
        List<Passkey> owned = passkeys(64);

        assertThat(ids(ListedPasskeys.of(owned)))
                .isEqualTo(IntStream.range(0, 64).boxed().toList());
    }

    @Test
    void ofMoreOnlyThoseThatWereUsedLastAreNamed() {
        List<Passkey> owned = passkeys(70);

        assertThat(ids(ListedPasskeys.of(owned)))
                .hasSize(64)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(6, 70).boxed().toList());
    }

    @Test
    void aNewPasskeyThatWasNeverUsedIsNamedBeforeOneThatWasNotUsedForLong() {
        List<Passkey> owned = new ArrayList<>(passkeys(64));
        owned.add(passkey(99, Optional.of(NOON.plus(Duration.ofDays(1))), Optional.empty()));

        assertThat(ids(ListedPasskeys.of(owned))).contains(99).doesNotContain(0);
    }

    @Test
    void aPasskeyWithoutAnyDateGoesFirst() {
        List<Passkey> owned = new ArrayList<>(passkeys(64));
        owned.add(passkey(99, Optional.empty(), Optional.empty()));

        assertThat(ids(ListedPasskeys.of(owned))).hasSize(64).doesNotContain(99);
    }

    /** Each was used after the one before it. */
    private static List<Passkey> passkeys(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> passkey(
                        number, Optional.of(NOON.minus(Duration.ofDays(900))), Optional.of(NOON.plusSeconds(number))))
                .toList();
    }

    private static Passkey passkey(int number, Optional<Instant> created, Optional<Instant> lastUsed) {
        CredentialRecord credential = CredentialRecord.builder(
                        Bytes.of(new byte[] {(byte) number}), Bytes.of(new byte[1]))
                .build();
        PasskeyRecord unused = PasskeyRecord.of(credential, "example.org", Bytes.of(new byte[1]), NOON);
        PasskeyRecord record = lastUsed.map(at -> unused.used(0, new Assertion(0, false, false, false), at))
                .orElse(unused);
        return new Passkey(null, PasskeyType.PASSKEY, "row-" + number, null, created, record);
    }

    private static List<Integer> ids(List<CredentialDescriptor> listed) {
        return listed.stream()
                .map(descriptor -> (int) descriptor.id().toByteArray()[0])
                .toList();
    }
}
