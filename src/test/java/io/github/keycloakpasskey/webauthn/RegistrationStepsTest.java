package io.github.keycloakpasskey.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.testbed.Algorithm;
import io.github.keycloakpasskey.testbed.AttestationRequest;
import io.github.keycloakpasskey.testbed.Attestator;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.testbed.RegistrationCeremony;
import io.github.keycloakpasskey.testbed.RegistrationCeremony.Attestation;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Registering a new credential, WebAuthn Level 3 §7.1: each step with an answer that fails in it alone. */
@Shows(steps = "§7.1")
class RegistrationStepsTest {

    private static final UUID MODEL = UUID.fromString("fbfc3007-154e-4ecc-8c0b-6e020557d7bd");

    private static final String ANDROID_APP = "android:apk-key-hash:Ab7sAGjWNRgVmyvU2ZC4NGDsPvIbHCbqVqFrEGhNSBI";

    /** The first member of an attestation object that says nothing: its format. */
    private static final byte[] FORMAT_NONE = utf8("cfmtdnone");

    private final Fixture fixture = new Fixture();

    @Test
    void aCorrectAnswerGivesTheRecordToBeStored() {
        CredentialRecord record = Fixture.accepted(fixture.register(
                answer -> answer.aaguid(MODEL).signCount(7).set(Flag.BACKUP_ELIGIBLE, Flag.BACKED_UP)));

        assertThat(record.id().toByteArray())
                .isEqualTo(fixture.authenticator.newest().credentialId());
        assertThat(record.signCount()).isEqualTo(7);
        assertThat(record.transports()).containsExactly("internal", "hybrid");
        assertThat(record.aaguid()).contains(MODEL);
        assertThat(record.attestationFormat()).contains(AttestationFormat.NONE);
        assertThat(record.userVerified()).isTrue();
        assertThat(record.discoverable()).contains(true);
        assertThat(record.backupEligible()).contains(true);
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

        assertThat(record.attestationFormat()).contains(AttestationFormat.PACKED);
    }

    @Test
    void aKeyThatSaysWhatItIsForRegistersAndSignsIn() {
        // The map gets one more member, "key_ops": [verify].
        UnaryOperator<byte[]> withOperations = key ->
                concat(new byte[] {(byte) (key[0] + 1), 4, (byte) 0x81, 2}, Arrays.copyOfRange(key, 1, key.length));

        CredentialRecord record = Fixture.accepted(fixture.register(answer -> answer.coseKey(withOperations)));

        assertThat(fixture.signIn(record, UnaryOperator.identity()).refusal()).isEmpty();
    }

    static Stream<Arguments> statementsThatCannotBeVerified() {
        return Stream.of(
                arguments("an unknown format", "compound", Map.of()),
                arguments("a format in capitals", "PACKED", Map.of("alg", -7)),
                arguments(
                        "direct anonymous attestation",
                        "packed",
                        Map.of("alg", -7, "sig", new byte[8], "ecdaaKeyId", new byte[4])),
                arguments("an unknown algorithm", "packed", Map.of("alg", -47, "sig", new byte[8])),
                arguments("TPM 1.2", "tpm", Map.of("ver", "1.2", "alg", -257)));
    }

    /** §7.1, and §5.4.7 on the preference none. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("statementsThatCannotBeVerified")
    void aStatementThatNobodyAskedForAndNobodyCanVerifyIsStoredAsNone(
            String name, String format, Map<Object, Object> statement) {
        Attestator unknown = attesting(format, statement);

        assertThat(Fixture.accepted(fixture.register(answer -> answer.attestation(unknown)))
                        .attestationFormat())
                .contains(AttestationFormat.NONE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statementsThatCannotBeVerified")
    void aStatementThatNobodyCanVerifyIsRefusedWhereThePolicyAsksForOne(
            String name, String format, Map<Object, Object> statement) {
        Attestator unknown = attesting(format, statement);

        for (AttestationConveyance asking : List.of(
                AttestationConveyance.INDIRECT, AttestationConveyance.DIRECT, AttestationConveyance.ENTERPRISE)) {
            Fixture strict =
                    new Fixture(Fixture.with(new AttestationPolicy(asking, Optional.empty(), Optional.empty())));

            assertThat(strict.register(answer -> answer.attestation(unknown)).refusal())
                    .isPresent()
                    .get()
                    .isIn(FailureReason.ATTESTATION_FORMAT_UNSUPPORTED, FailureReason.ATTESTATION_INVALID);
        }
        Fixture packedOnly = new Fixture(Fixture.with(new AttestationPolicy(
                AttestationConveyance.NONE, Optional.of(Set.of(AttestationFormat.PACKED)), Optional.empty())));
        assertThat(packedOnly.register(answer -> answer.attestation(unknown)).refusal())
                .isPresent();
    }

    private static Attestator attesting(String format, Map<Object, Object> statement) {
        return new Attestator() {

            @Override
            public String format() {
                return format;
            }

            @Override
            public Map<Object, Object> statement(AttestationRequest request) {
                return statement;
            }
        };
    }

    @Test
    void aPasskeyThatIsNotDiscoverableIsRefusedWhereThePolicyRequiresOne() {
        assertThat(fixture.register(RegistrationCeremony::notDiscoverable).refusal())
                .contains(FailureReason.CREDENTIAL_NOT_DISCOVERABLE);
    }

    @Test
    void aPasskeyThatIsNotDiscoverableIsAcceptedWhereThePolicyDoesNotRequireOne() {
        for (ResidentKey wanted : List.of(ResidentKey.PREFERRED, ResidentKey.DISCOURAGED)) {
            Fixture lenient =
                    new Fixture(Fixture.POLICY.toBuilder().residentKey(wanted).build());

            assertThat(Fixture.accepted(lenient.register(RegistrationCeremony::notDiscoverable))
                            .discoverable())
                    .contains(false);
        }
    }

    @Test
    void aPasskeyOfWhichTheBrowserSaysNothingIsAcceptedAsDiscoverable() {
        assertThat(Fixture.accepted(fixture.register(RegistrationCeremony::withoutCredProps))
                        .discoverable())
                .isEmpty();
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
                refused(
                        "step 6, cut off",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientData(json -> Arrays.copyOf(json, json.length - 1))),
                refused(
                        "step 6, nothing behind it",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientData(json -> concat(json, utf8("{}")))),
                refused(
                        "step 6, a NUL behind it",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientData(json -> Arrays.copyOf(json, json.length + 1))),
                refused(
                        "step 5, longer UTF-8 than need be",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientData(json -> replaced(json, "{", "{\"a\":\"\u00c0\u0080\","))),
                refused(
                        "step 6, deep nesting",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientData(
                                json -> replaced(json, "{", "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + ","))),
                refused(
                        "step 6, a number without end",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientData(json -> replaced(json, "{", "{\"a\":" + "9".repeat(30_000) + ","))),
                refused(
                        "step 6, a type that is a number",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientDataMember("type", IntNode.valueOf(1))),
                refused(
                        "step 6, a challenge that is null",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientDataMember("challenge", NullNode.getInstance())),
                refused(
                        "step 6, an origin that is a list",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientDataMember("origin", JsonNodeFactory.instance.arrayNode())),
                refused("step 7", FailureReason.CEREMONY_TYPE_MISMATCH, a -> a.type("webauthn.get")),
                refused("step 8", FailureReason.CHALLENGE_MISMATCH, a -> a.challenge("AAAA")),
                refused("step 8, base64url", FailureReason.CHALLENGE_MISMATCH, a -> a.challenge("*")),
                refused(
                        "step 8, padding",
                        FailureReason.CHALLENGE_MISMATCH,
                        a -> a.clientData(json -> replaced(json, "\",\"origin", "=\",\"origin"))),
                refused("step 8, empty", FailureReason.CHALLENGE_MISMATCH, a -> a.challenge("")),
                refused("step 9", FailureReason.ORIGIN_NOT_ALLOWED, a -> a.origin("https://example.org")),
                refused("step 9, port", FailureReason.ORIGIN_NOT_ALLOWED, a -> a.origin(Fixture.ORIGIN + ":444")),
                refused("step 9, slash", FailureReason.ORIGIN_NOT_ALLOWED, a -> a.origin(Fixture.ORIGIN + "/")),
                refused("step 9, scheme", FailureReason.ORIGIN_NOT_ALLOWED, a -> a.origin("http://login.example.org")),
                refused(
                        "step 9, letters",
                        FailureReason.ORIGIN_NOT_ALLOWED,
                        a -> a.origin("https://LOGIN.example.org")),
                refused("step 9, an app", FailureReason.ORIGIN_NOT_ALLOWED, a -> a.origin(ANDROID_APP)),
                refused(
                        "step 10, unreadable",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientDataMember("crossOrigin", TextNode.valueOf("false"))),
                refused(
                        "step 11, unreadable",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientDataMember("topOrigin", NullNode.getInstance())),
                refused("step 10", FailureReason.TOP_ORIGIN_NOT_ALLOWED, a -> a.crossOrigin(true)),
                refused("step 11", FailureReason.TOP_ORIGIN_NOT_ALLOWED, a -> a.topOrigin("https://shop.example")),
                refused(
                        "step 13, nothing behind it",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.trailing((byte) 0)),
                refused(
                        "step 13, cut off",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.attestationObject(object -> Arrays.copyOf(object, object.length - 1))),
                refused(
                        "step 13, no map",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.attestationObject(object -> new byte[] {(byte) 0x80})),
                refused(
                        "step 13, empty",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.attestationObject(object -> new byte[0])),
                refused(
                        "step 13, no fmt",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.attestationObject(object -> replaced(object, "cfmt", "cfmd"))),
                refused(
                        "step 13, no attStmt",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.attestationObject(object -> replaced(object, "gattStmt", "gattSdmt"))),
                refused(
                        "step 13, no authData",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.attestationObject(object -> replaced(object, "hauthData", "hauthDate"))),
                refused(
                        "step 13, the format twice",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.attestationObject(object -> twice(object))),
                refused(
                        "step 13, bytes behind the extensions",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.extension("credProtect", 2)
                                .authenticatorData(data -> Arrays.copyOf(data, data.length + 1))),
                refused(
                        "step 13, extensions without their flag",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.extension("credProtect", 2).clear(Flag.EXTENSION_DATA)),
                refused("step 13, extensions that are no map", FailureReason.AUTHENTICATOR_DATA_UNREADABLE, a -> a.set(
                                Flag.EXTENSION_DATA)
                        .authenticatorData(data -> concat(data, new byte[] {0}))),
                refused("step 13, an extension without a name", FailureReason.AUTHENTICATOR_DATA_UNREADABLE, a -> a.set(
                                Flag.EXTENSION_DATA)
                        .authenticatorData(data -> concat(data, new byte[] {(byte) 0xa1, 1, 2}))),
                refused(
                        "step 13, a key that is no map",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.coseKey(key -> new byte[] {1})),
                refused(
                        "step 13, bytes behind the key",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.coseKey(key -> Arrays.copyOf(key, key.length + 1))),
                refused(
                        "step 13, a credential id that is longer than it all",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.authenticatorData(data -> {
                            data[53] = (byte) 0xff;
                            return data;
                        })),
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
                        "step 20, an unknown algorithm",
                        FailureReason.ALGORITHM_NOT_OFFERED,
                        a -> a.coseKey(key -> {
                            key[4] = 0x2a;
                            return key;
                        })),
                refused(
                        "step 20, a key off its curve",
                        FailureReason.PUBLIC_KEY_INVALID,
                        a -> a.coseKey(key -> {
                            key[key.length - 1] ^= 1;
                            return key;
                        })),
                refused(
                        "step 22",
                        FailureReason.ATTESTATION_INVALID,
                        a -> a.attestation(Attestation.PACKED_SELF_WRONG_SIGNATURE)),
                refused("step 25, empty", FailureReason.CREDENTIAL_ID_INVALID, a -> a.credentialId(new byte[0])),
                refused("step 25, too long", FailureReason.CREDENTIAL_ID_INVALID, a -> a.credentialId(new byte[1024])));
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
                Fixture.with(new AttestationPolicy(AttestationConveyance.DIRECT, Optional.empty(), Optional.empty())));

        assertThat(direct.register(UnaryOperator.identity()).refusal()).contains(FailureReason.ATTESTATION_MISSING);
    }

    @Test
    void believesAModelOnlyWhereItIsAttested() {
        Fixture picky = new Fixture(
                Fixture.with(new AuthenticatorPolicy(Optional.empty(), Optional.of(Set.of(MODEL)), Set.of(), false)));

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
                Fixture.with(new AuthenticatorPolicy(Optional.empty(), Optional.empty(), Set.of(MODEL), false)));

        assertThat(picky.register(answer -> answer.aaguid(MODEL)).refusal())
                .contains(FailureReason.AUTHENTICATOR_NOT_ACCEPTED);
        assertThat(picky.register(UnaryOperator.identity()).refusal()).isEmpty();
    }

    @Test
    @Shows(steps = "§7.1 step 18, a passkey that can be synced")
    void refusesASyncablePasskeyWhereItHasToStayOnOneDevice() {
        Fixture deviceBound =
                new Fixture(Fixture.with(new AuthenticatorPolicy(Optional.empty(), Optional.empty(), Set.of(), true)));

        assertThat(deviceBound
                        .register(answer -> answer.set(Flag.BACKUP_ELIGIBLE))
                        .refusal())
                .contains(FailureReason.SYNCED_PASSKEY_NOT_ACCEPTED);
        assertThat(deviceBound.register(UnaryOperator.identity()).refusal()).isEmpty();
    }

    @Test
    void refusesAFormatThatThePolicyDoesNotName() {
        Fixture packedOnly = new Fixture(Fixture.with(new AttestationPolicy(
                AttestationConveyance.NONE, Optional.of(Set.of(AttestationFormat.PACKED)), Optional.empty())));

        assertThat(packedOnly.register(UnaryOperator.identity()).refusal())
                .contains(FailureReason.ATTESTATION_FORMAT_NOT_ACCEPTED);
        assertThat(packedOnly
                        .register(answer -> answer.attestation(Attestation.PACKED_SELF))
                        .refusal())
                .isEmpty();
    }

    @Test
    void aPolicyThatNamesNoKnownFormatAcceptsNoFormat() {
        Fixture nothing = new Fixture(Fixture.with(
                new AttestationPolicy(AttestationConveyance.NONE, Optional.of(Set.of()), Optional.empty())));

        assertThat(nothing.register(UnaryOperator.identity()).refusal())
                .contains(FailureReason.ATTESTATION_FORMAT_NOT_ACCEPTED);
    }

    @Test
    void aPolicyThatNamesNoKnownModelAcceptsNoModel() {
        Fixture nothing = new Fixture(
                Fixture.with(new AuthenticatorPolicy(Optional.empty(), Optional.of(Set.of()), Set.of(), false)));

        assertThat(nothing.register(UnaryOperator.identity()).refusal())
                .contains(FailureReason.AUTHENTICATOR_NOT_ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 1023})
    void acceptsCredentialIdsOfEveryLength(int bytes) {
        assertThat(fixture.register(answer -> answer.credentialId(new byte[bytes]))
                        .refusal())
                .isEmpty();
    }

    @Test
    void verifiesTheUserWhereThePolicyAsks() {
        for (UserVerification wanted : UserVerification.values()) {
            Fixture asking = new Fixture(Fixture.with(Set.of(Fixture.ORIGIN), Set.of(), wanted));

            assertThat(asking.register(UnaryOperator.identity()).refusal()).isEmpty();
            assertThat(asking.register(a -> a.clear(Flag.USER_VERIFIED))
                            .refusal()
                            .isEmpty())
                    .as(wanted.toString())
                    .isEqualTo(wanted != UserVerification.REQUIRED);
        }
    }

    @Test
    void remembersThatTheUserWasNotVerified() {
        Fixture lenient = new Fixture(Fixture.with(Set.of(Fixture.ORIGIN), Set.of(), UserVerification.PREFERRED));

        assertThat(Fixture.accepted(lenient.register(a -> a.clear(Flag.USER_VERIFIED)))
                        .userVerified())
                .isFalse();
    }

    @Test
    void acceptsAPasskeyThatIsNotSyncedYet() {
        CredentialRecord record = Fixture.accepted(fixture.register(a -> a.set(Flag.BACKUP_ELIGIBLE)));

        assertThat(record.backupEligible()).contains(true);
        assertThat(record.backedUp()).isFalse();
    }

    @Test
    void acceptsTheAppsThatThePolicyNames() {
        Fixture app =
                new Fixture(Fixture.with(Set.of(Fixture.ORIGIN, ANDROID_APP), Set.of(), UserVerification.REQUIRED));

        assertThat(app.register(a -> a.origin(ANDROID_APP)).refusal()).isEmpty();
        assertThat(app.register(a -> a.origin(ANDROID_APP.replace("Ab", "ab"))).refusal())
                .contains(FailureReason.ORIGIN_NOT_ALLOWED);
    }

    @Test
    void acceptsAnEmbeddedPageWhereThePolicyNamesWhoEmbedsIt() {
        Fixture embedded = new Fixture(
                Fixture.with(Set.of(Fixture.ORIGIN), Set.of("https://shop.example"), UserVerification.REQUIRED));

        assertThat(embedded.register(UnaryOperator.identity()).refusal()).isEmpty();
        assertThat(embedded.register(a -> a.crossOrigin(true).topOrigin("https://shop.example"))
                        .refusal())
                .isEmpty();
        assertThat(embedded.register(a -> a.crossOrigin(true)).refusal())
                .contains(FailureReason.TOP_ORIGIN_NOT_ALLOWED);
        assertThat(embedded.register(a -> a.crossOrigin(true).topOrigin("https://shop.example.com"))
                        .refusal())
                .contains(FailureReason.TOP_ORIGIN_NOT_ALLOWED);
    }

    @Test
    void readsClientDataAsTheEncodingStandardSays() {
        assertThat(fixture.register(a -> a.clientData(json -> concat(utf8("\ufeff"), json)))
                        .refusal())
                .isEmpty();
        assertThat(fixture.register(a -> a.clientDataMember("futureMember", IntNode.valueOf(1)))
                        .refusal())
                .isEmpty();
    }

    @Test
    void ignoresFlagsThatHaveNoMeaningYet() {
        assertThat(fixture.register(a -> a.authenticatorData(data -> {
                            data[32] |= 0x22;
                            return data;
                        }))
                        .refusal())
                .isEmpty();
    }

    @Test
    void readsAnAttestationObjectInAnyOrder() {
        assertThat(fixture.register(a -> a.attestationObject(RegistrationStepsTest::formatLast))
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
        return new AuthenticatorPolicy(Optional.of(attachment), Optional.empty(), Set.of(), false);
    }

    private static Arguments refused(String step, FailureReason reason, UnaryOperator<RegistrationCeremony> change) {
        return arguments(step, reason, change);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return Bytes.of(first).concat(Bytes.of(second)).toByteArray();
    }

    /** Each byte as one character, so that nothing else is changed. */
    private static byte[] replaced(byte[] bytes, String part, String other) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(part);
        return (text.substring(0, at) + other + text.substring(at + part.length()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] twice(byte[] object) {
        object[0]++;
        return concat(object, FORMAT_NONE);
    }

    private static byte[] formatLast(byte[] object) {
        byte[] rest = Arrays.copyOfRange(object, 1 + FORMAT_NONE.length, object.length);
        return concat(concat(new byte[] {object[0]}, rest), FORMAT_NONE);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
