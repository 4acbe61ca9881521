package io.github.keycloakpasskey.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.AndroidKeyAttestator;
import io.github.keycloakpasskey.testbed.AppleAttestator;
import io.github.keycloakpasskey.testbed.Attestator;
import io.github.keycloakpasskey.testbed.CoseKeys;
import io.github.keycloakpasskey.testbed.FidoU2fAttestator;
import io.github.keycloakpasskey.testbed.PackedAttestator;
import io.github.keycloakpasskey.testbed.RegistrationCeremony;
import io.github.keycloakpasskey.testbed.SafetyNetAttestator;
import io.github.keycloakpasskey.testbed.TestCertificateAuthority;
import io.github.keycloakpasskey.testbed.TpmAttestator;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in ends in a verdict, and soon. */
@Shows(Threat.HOSTILE_INPUT)
class HostileAnswersTest {

    /** A verdict takes a few milliseconds. */
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private static final int ANSWERS = 100;

    private static final String MODEL = PackedAttestator.AAGUID_EXTENSION;
    private static final String ANDROID_KEY = "1.3.6.1.4.1.11129.2.1.17";
    private static final String APPLE_NONCE = "1.2.840.113635.100.8.2";

    /** A sequence of two gigabytes. */
    private static final byte[] LONGER_THAN_MEMORY = {0x30, (byte) 0x84, 0x7f, -1, -1, -1};

    private final Fixture fixture = new Fixture();

    /** The same on every run, so that what fails once fails again. */
    private final Random random = new Random(26_7_3);

    static Stream<Attestator> attestators() {
        TestCertificateAuthority root = TestCertificateAuthority.root("Example root");
        return Stream.of(
                new PackedAttestator(root),
                new TpmAttestator(root),
                new AndroidKeyAttestator(root),
                new SafetyNetAttestator(root),
                new FidoU2fAttestator(root),
                new AppleAttestator(root));
    }

    @ParameterizedTest
    @MethodSource("attestators")
    void anAttestationObjectWithOneChangedByteEndsInAVerdict(Attestator attestator) {
        for (int i = 0; i < ANSWERS; i++) {
            Verdict<CredentialRecord, FailureReason> verdict =
                    fixture.register(a -> a.attestation(attestator).attestationObject(this::damaged));
            // A change of what nobody signs or asks for, such as the dates of a certificate, is none.
            assertThat(verdict.refusal().map(Enum::name).orElse("accepted"))
                    .matches("accepted|AUTHENTICATOR_DATA_UNREADABLE|RP_ID_MISMATCH|USER_NOT_\\w+|BACKUP_FLAGS_INVALID"
                            + "|ALGORITHM_NOT_OFFERED|PUBLIC_KEY_INVALID|ATTESTATION_\\w+|CREDENTIAL_ID_INVALID");
        }
    }

    @Test
    void anAssertionWithOneChangedByteIsRefused() {
        CredentialRecord credential = fixture.registered();
        for (int i = 0; i < ANSWERS; i++) {
            assertThat(fixture.signIn(credential, a -> a.signature(this::damaged))
                            .refusal())
                    .contains(FailureReason.SIGNATURE_INVALID);
        }
    }

    static Stream<UnaryOperator<byte[]>> slowAttestationObjects() {
        return Stream.of(
                object -> filled((byte) 0x81),
                object -> filled((byte) 0xa1),
                object -> filled((byte) 0x9f),
                object -> filled((byte) 0xc0),
                object -> filled((byte) 0xff),
                object -> filled((byte) 0x5f),
                object -> new byte[] {(byte) 0xbb, 0x7f, -1, -1, -1, -1, -1, -1, -1});
    }

    @ParameterizedTest
    @MethodSource("slowAttestationObjects")
    void anAttestationObjectThatIsMadeToTakeTimeDoesNot(UnaryOperator<byte[]> change) {
        assertSoonRefused(a -> a.attestationObject(change), FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
    }

    @Test
    void aKeyThatIsMadeToTakeTimeDoesNot() {
        Map<Object, Object> key = new LinkedHashMap<>();
        key.put(1, 3);
        key.put(3, -257);
        key.put(-1, Arrays.copyOf(filled((byte) 0xff), 8_000));
        key.put(-2, Arrays.copyOf(filled((byte) 0xff), 8_000));

        assertSoonRefused(a -> a.coseKey(genuine -> CoseKeys.encode(key)), FailureReason.PUBLIC_KEY_INVALID);
    }

    static Stream<Attestator> certificatesThatClaimTooMuch() {
        TestCertificateAuthority root = TestCertificateAuthority.root("Example root");
        return Stream.of(LONGER_THAN_MEMORY, nested())
                .flatMap(value -> Stream.of(
                        new PackedAttestator(root).certificate(c -> c.extension(MODEL, false, value)),
                        new AndroidKeyAttestator(root).certificate(c -> c.extension(ANDROID_KEY, false, value)),
                        new AppleAttestator(root).certificate(c -> c.extension(APPLE_NONCE, false, value)),
                        new TpmAttestator(root).certificate(c -> c.extension(MODEL, false, value))));
    }

    /** A parser that believes the length, or goes down as deep as it is told, ends the whole server. */
    @ParameterizedTest
    @MethodSource("certificatesThatClaimTooMuch")
    void aCertificateThatClaimsTooMuchIsRefused(Attestator attestator) {
        assertSoonRefused(a -> a.attestation(attestator), FailureReason.ATTESTATION_INVALID);
    }

    private static byte[] nested() {
        byte[] sequences = new byte[40_000];
        for (int i = 0; i < sequences.length; i += 4) {
            int inside = sequences.length - i - 4;
            sequences[i] = 0x30;
            sequences[i + 1] = (byte) 0x82;
            sequences[i + 2] = (byte) (inside >> 8);
            sequences[i + 3] = (byte) inside;
        }
        return sequences;
    }

    /** The quickest of a few counts, as the machine may be busy with something else. */
    private void assertSoonRefused(UnaryOperator<RegistrationCeremony> change, FailureReason reason) {
        Duration quickest = Duration.ofDays(1);
        for (int i = 0; i < 5; i++) {
            long before = System.nanoTime();
            Verdict<CredentialRecord, FailureReason> verdict = fixture.register(change);
            Duration taken = Duration.ofNanos(System.nanoTime() - before);

            assertThat(verdict.refusal()).contains(reason);
            quickest = taken.compareTo(quickest) < 0 ? taken : quickest;
        }
        assertThat(quickest).isLessThan(PATIENCE);
    }

    private byte[] damaged(byte[] bytes) {
        int position = random.nextInt(bytes.length);
        bytes[position] ^= (byte) (1 + random.nextInt(255));
        return bytes;
    }

    private static byte[] filled(byte value) {
        byte[] bytes = new byte[45_000];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
