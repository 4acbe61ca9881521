package io.github.keycloakpasskey.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.testbed.Algorithm;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.testbed.RegistrationCeremony;
import io.github.keycloakpasskey.testbed.RegistrationCeremony.Attestation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Registering a new credential, WebAuthn Level 3 §7.1: each step with an answer that fails in it alone. */
@Shows(steps = "§7.1")
class RegistrationStepsTest {

    private static final UUID MODEL = UUID.fromString("fbfc3007-154e-4ecc-8c0b-6e020557d7bd");

    private final Fixture fixture = new Fixture();

    @Test
    void aCorrectAnswerGivesTheRecordToBeStored() {
        CredentialRecord record = Fixture.accepted(fixture.register(
                answer -> answer.aaguid(MODEL).signCount(7).set(Flag.BACKUP_ELIGIBLE, Flag.BACKED_UP)));

        assertThat(record.id().toByteArray())
                .isEqualTo(fixture.authenticator.newest().credentialId());
        assertThat(record.signCount()).isEqualTo(7);
        assertThat(record.transports()).containsExactly("internal", "hybrid");
        assertThat(record.aaguid()).isEqualTo(MODEL.toString());
        assertThat(record.attestationFormat()).isEqualTo("none");
        assertThat(record.userVerified()).isTrue();
        assertThat(record.discoverable()).contains(true);
        assertThat(record.backupEligible()).isTrue();
        assertThat(record.backedUp()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void everyOfferedAlgorithmRegistersAndSignsIn(Algorithm algorithm) {
        CredentialRecord record = Fixture.accepted(fixture.register(answer -> answer.algorithm(algorithm)));

        assertThat(fixture.signIn(record, UnaryOperator.identity()).refusal()).isEmpty();
    }

    @Test
    void selfAttestationIsAcceptedWhereNoneIsAskedFor() {
        CredentialRecord record =
                Fixture.accepted(fixture.register(answer -> answer.attestation(Attestation.PACKED_SELF)));

        assertThat(record.attestationFormat()).isEqualTo("packed");
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                refused(
                        "step 5, UTF-8",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientData(json -> new byte[] {(byte) 0xff})),
                refused("step 6, JSON", FailureReason.CLIENT_DATA_UNREADABLE, a -> a.clientData(json -> utf8("hello"))),
                refused(
                        "step 6, an object",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientData(json -> utf8("[]"))),
                refused(
                        "step 6, no member twice",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientData(json -> utf8("{\"type\":\"webauthn.create\",\"type\":\"webauthn.get\"}"))),
                refused("step 7", FailureReason.CEREMONY_TYPE_MISMATCH, a -> a.type("webauthn.get")),
                refused("step 8", FailureReason.CHALLENGE_MISMATCH, a -> a.challenge("AAAA")),
                refused("step 8, base64url", FailureReason.CHALLENGE_MISMATCH, a -> a.challenge("*")),
                refused("step 9", FailureReason.ORIGIN_NOT_ALLOWED, a -> a.origin("https://example.org")),
                refused("step 9, port", FailureReason.ORIGIN_NOT_ALLOWED, a -> a.origin(Fixture.ORIGIN + ":444")),
                refused("step 10", FailureReason.TOP_ORIGIN_NOT_ALLOWED, a -> a.crossOrigin(true)),
                refused("step 11", FailureReason.TOP_ORIGIN_NOT_ALLOWED, a -> a.topOrigin("https://shop.example")),
                refused(
                        "step 13, nothing behind it",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.trailing((byte) 0)),
                refused(
                        "step 13, length",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.authenticatorData(data -> Arrays.copyOf(data, 36))),
                refused(
                        "step 13, cut off",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.authenticatorData(data -> Arrays.copyOf(data, data.length - 1))),
                refused(
                        "step 13, one byte more",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.authenticatorData(data -> Arrays.copyOf(data, data.length + 1))),
                refused(
                        "step 13, no credential",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.clear(Flag.ATTESTED_DATA)),
                refused(
                        "step 13, extensions announced",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.set(Flag.EXTENSION_DATA)),
                refused("step 14", FailureReason.RP_ID_MISMATCH, a -> a.rpId("example.com")),
                refused("step 15", FailureReason.USER_NOT_PRESENT, a -> a.clear(Flag.USER_PRESENT)),
                refused("step 16", FailureReason.USER_NOT_VERIFIED, a -> a.clear(Flag.USER_VERIFIED)),
                refused("step 17", FailureReason.BACKUP_FLAGS_INVALID, a -> a.set(Flag.BACKED_UP)),
                refused(
                        "a key off its curve",
                        FailureReason.PUBLIC_KEY_INVALID,
                        a -> a.coseKey(key -> {
                            key[key.length - 1] ^= 1;
                            return key;
                        })),
                refused(
                        "step 23",
                        FailureReason.ATTESTATION_INVALID,
                        a -> a.attestation(Attestation.PACKED_SELF_WRONG_SIGNATURE)),
                refused("step 26, empty", FailureReason.CREDENTIAL_ID_INVALID, a -> a.credentialId(new byte[0])),
                refused("step 26, too long", FailureReason.CREDENTIAL_ID_INVALID, a -> a.credentialId(new byte[1024])));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("answers")
    void refusesWhatFailsInOneStep(String step, FailureReason reason, UnaryOperator<RegistrationCeremony> change) {
        assertThat(fixture.register(change).refusal()).as(step).contains(reason);
    }

    @Test
    void refusesAnAlgorithmThatWasNotOffered() {
        Fixture onlyRsa = new Fixture(Fixture.with(List.of(CoseAlgorithm.RS256)));

        assertThat(onlyRsa.register(answer -> answer.algorithm(Algorithm.ES256)).refusal())
                .contains(FailureReason.ALGORITHM_NOT_OFFERED);
    }

    @Test
    void refusesAnUnattestedKeyWhereAttestationIsAskedFor() {
        Fixture direct = new Fixture(
                Fixture.with(new AttestationPolicy(AttestationConveyance.DIRECT, Set.of(), Optional.empty())));

        assertThat(direct.register(UnaryOperator.identity()).refusal()).contains(FailureReason.ATTESTATION_MISSING);
    }

    @Test
    void believesAModelOnlyWhereItIsAttested() {
        Fixture picky = new Fixture(
                Fixture.with(new AuthenticatorPolicy(Optional.empty(), Set.of(MODEL.toString()), Set.of(), false)));

        assertThat(picky.register(answer -> answer.aaguid(MODEL)).refusal())
                .contains(FailureReason.AUTHENTICATOR_NOT_ACCEPTED);
        assertThat(picky.register(answer -> answer.aaguid(MODEL).attestation(Attestation.PACKED_SELF))
                        .refusal())
                .contains(FailureReason.AUTHENTICATOR_NOT_ACCEPTED);
    }

    @Test
    void refusesAnotherKindOfAuthenticatorThanThePolicyNames() {
        Fixture roaming = new Fixture(Fixture.with(attached(AuthenticatorAttachment.CROSS_PLATFORM)));
        Fixture platform = new Fixture(Fixture.with(attached(AuthenticatorAttachment.PLATFORM)));

        assertThat(roaming.register(UnaryOperator.identity()).refusal())
                .contains(FailureReason.AUTHENTICATOR_NOT_ACCEPTED);
        assertThat(platform.register(UnaryOperator.identity()).refusal()).isEmpty();
    }

    @Test
    void refusesADeniedModelHoweverLittleItProves() {
        Fixture picky = new Fixture(
                Fixture.with(new AuthenticatorPolicy(Optional.empty(), Set.of(), Set.of(MODEL.toString()), false)));

        assertThat(picky.register(answer -> answer.aaguid(MODEL)).refusal())
                .contains(FailureReason.AUTHENTICATOR_NOT_ACCEPTED);
        assertThat(picky.register(UnaryOperator.identity()).refusal()).isEmpty();
    }

    @Test
    void refusesASyncablePasskeyWhereItHasToStayOnOneDevice() {
        Fixture deviceBound =
                new Fixture(Fixture.with(new AuthenticatorPolicy(Optional.empty(), Set.of(), Set.of(), true)));

        assertThat(deviceBound
                        .register(answer -> answer.set(Flag.BACKUP_ELIGIBLE))
                        .refusal())
                .contains(FailureReason.SYNCED_PASSKEY_NOT_ACCEPTED);
        assertThat(deviceBound.register(UnaryOperator.identity()).refusal()).isEmpty();
    }

    @Test
    void refusesAFormatThatThePolicyDoesNotName() {
        Fixture packedOnly = new Fixture(
                Fixture.with(new AttestationPolicy(AttestationConveyance.NONE, Set.of("packed"), Optional.empty())));

        assertThat(packedOnly.register(UnaryOperator.identity()).refusal())
                .contains(FailureReason.ATTESTATION_FORMAT_NOT_ACCEPTED);
        assertThat(packedOnly
                        .register(answer -> answer.attestation(Attestation.PACKED_SELF))
                        .refusal())
                .isEmpty();
    }

    @Test
    void acceptsTheLongestCredentialId() {
        assertThat(fixture.register(answer -> answer.credentialId(new byte[1023]))
                        .refusal())
                .isEmpty();
    }

    @Test
    @Shows(steps = "§7.1 step 28, extensions that nobody asked for")
    void ignoresExtensionsThatNobodyAskedFor() {
        assertThat(fixture.register(answer -> answer.extension("credProtect", 2))
                        .refusal())
                .isEmpty();
    }

    private static AuthenticatorPolicy attached(AuthenticatorAttachment attachment) {
        return new AuthenticatorPolicy(Optional.of(attachment), Set.of(), Set.of(), false);
    }

    private static Arguments refused(String step, FailureReason reason, UnaryOperator<RegistrationCeremony> change) {
        return arguments(step, reason, change);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
