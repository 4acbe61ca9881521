package io.github.keycloakpasskey.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.testbed.AuthenticationCeremony;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Verifying an assertion, WebAuthn Level 3 §7.2: each step with an answer that fails in it alone. */
@Shows(steps = "§7.2")
class AuthenticationStepsTest {

    private final Fixture fixture = new Fixture();

    @Test
    void aCorrectAnswerSaysWhatTheAuthenticatorDid() {
        CredentialRecord credential = Fixture.accepted(fixture.register(a -> a.set(Flag.BACKUP_ELIGIBLE)));

        Assertion assertion =
                Fixture.accepted(fixture.signIn(credential, a -> a.signCount(41).set(Flag.BACKED_UP)));

        assertThat(assertion.signCount()).isEqualTo(41);
        assertThat(assertion.userVerified()).isTrue();
        assertThat(assertion.backedUp()).isTrue();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                refused("step 5", FailureReason.CREDENTIAL_NOT_ALLOWED, a -> a.credentialId(utf8("another"))),
                refused("step 6", FailureReason.USER_HANDLE_MISMATCH, a -> a.userHandle(utf8("mallory"))),
                refused(
                        "step 8",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientData(json -> new byte[] {(byte) 0xff})),
                refused("step 9", FailureReason.CLIENT_DATA_UNREADABLE, a -> a.clientData(json -> utf8("hello"))),
                refused(
                        "step 9, cut off",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientData(json -> Arrays.copyOf(json, json.length - 1))),
                refused(
                        "step 9, nothing behind it",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientData(json -> concat(json, utf8("{}")))),
                refused("step 10", FailureReason.CEREMONY_TYPE_MISMATCH, a -> a.type("webauthn.create")),
                refused("step 11", FailureReason.CHALLENGE_MISMATCH, a -> a.challenge("AAAA")),
                refused("step 12", FailureReason.ORIGIN_NOT_ALLOWED, a -> a.origin("https://login.example.com")),
                refused(
                        "step 13, unreadable",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientDataMember("crossOrigin", IntNode.valueOf(0))),
                refused(
                        "step 14, unreadable",
                        FailureReason.CLIENT_DATA_UNREADABLE,
                        a -> a.clientDataMember("topOrigin", BooleanNode.FALSE)),
                refused("step 13", FailureReason.TOP_ORIGIN_NOT_ALLOWED, a -> a.crossOrigin(true)),
                refused("step 14", FailureReason.TOP_ORIGIN_NOT_ALLOWED, a -> a.topOrigin("https://shop.example")),
                refused(
                        "§6.1, cut off",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.authenticatorData(data -> Arrays.copyOf(data, 36))),
                refused(
                        "§6.1, one byte more",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.authenticatorData(data -> Arrays.copyOf(data, 38))),
                refused(
                        "§6.1, a credential announced",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.set(Flag.ATTESTED_DATA)),
                refused(
                        "§6.1, extensions announced",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.set(Flag.EXTENSION_DATA)),
                refused("§6.1, extensions that are none", FailureReason.AUTHENTICATOR_DATA_UNREADABLE, a -> a.set(
                                Flag.EXTENSION_DATA)
                        .authenticatorData(data -> Arrays.copyOf(data, 40))),
                refused(
                        "§6.1, bytes behind the extensions",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.extension("appid", true)
                                .authenticatorData(data -> Arrays.copyOf(data, data.length + 1))),
                refused(
                        "§6.1, extensions without their flag",
                        FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                        a -> a.extension("appid", true).clear(Flag.EXTENSION_DATA)),
                refused("§6.1, extensions that are no map", FailureReason.AUTHENTICATOR_DATA_UNREADABLE, a -> a.set(
                                Flag.EXTENSION_DATA)
                        .authenticatorData(data -> concat(data, utf8("ax")))),
                refused("step 15", FailureReason.RP_ID_MISMATCH, a -> a.rpId("example.com")),
                refused("step 16", FailureReason.USER_NOT_PRESENT, a -> a.clear(Flag.USER_PRESENT)),
                refused("step 17", FailureReason.USER_NOT_VERIFIED, a -> a.clear(Flag.USER_VERIFIED)),
                refused("step 18", FailureReason.BACKUP_FLAGS_INVALID, a -> a.set(Flag.BACKED_UP)),
                refused("step 19", FailureReason.BACKUP_ELIGIBILITY_CHANGED, a -> a.set(Flag.BACKUP_ELIGIBLE)),
                refused(
                        "step 21",
                        FailureReason.SIGNATURE_INVALID,
                        a -> a.signature(signature -> {
                            signature[signature.length - 1] ^= 1;
                            return signature;
                        })),
                refused("step 21, no signature", FailureReason.SIGNATURE_INVALID, a -> a.signature(s -> utf8("x"))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("answers")
    void refusesWhatFailsInOneStep(String step, FailureReason reason, UnaryOperator<AuthenticationCeremony> change) {
        CredentialRecord credential = fixture.registered();
        UnaryOperator<AuthenticationCeremony> withItsKey =
                answer -> change.apply(answer).with(fixture.authenticator.newest());

        assertThat(fixture.signIn(credential, withItsKey).refusal()).as(step).contains(reason);
    }

    @Test
    void refusesAnotherPasskeysKey() {
        CredentialRecord credential = fixture.registered();
        CredentialRecord other = fixture.registered();
        CredentialRecord mixed =
                credential.toBuilder().publicKeyCose(other.publicKeyCose()).build();

        assertThat(fixture.signIn(
                                mixed,
                                a -> a.with(fixture.authenticator.passkeys().get(0)))
                        .refusal())
                .contains(FailureReason.SIGNATURE_INVALID);
    }

    @Test
    void asksWhoseItIsOnlyWhereNobodyKnows() {
        CredentialRecord credential = fixture.registered();

        assertThat(fixture.signIn(credential, true, AuthenticationCeremony::withoutUserHandle)
                        .refusal())
                .isEmpty();
        assertThat(fixture.signIn(credential, false, AuthenticationCeremony::withoutUserHandle)
                        .refusal())
                .contains(FailureReason.USER_HANDLE_MISMATCH);
    }

    /** Some browsers send an empty one for passkeys that are not discoverable. */
    @Test
    void anEmptyUserHandleIsNone() {
        CredentialRecord credential = fixture.registered();

        assertThat(fixture.signIn(credential, true, a -> a.userHandle(new byte[0]))
                        .refusal())
                .isEmpty();
        assertThat(fixture.signIn(credential, false, a -> a.userHandle(new byte[0]))
                        .refusal())
                .contains(FailureReason.USER_HANDLE_MISMATCH);
    }

    @Test
    void verifiesTheUserWhereThePolicyAsks() {
        for (UserVerification wanted : UserVerification.values()) {
            Fixture asking = new Fixture(Fixture.with(Set.of(Fixture.ORIGIN), Set.of(), wanted));
            CredentialRecord credential = asking.registered();

            assertThat(Fixture.accepted(asking.signIn(credential, UnaryOperator.identity()))
                            .userVerified())
                    .isTrue();
            assertThat(asking.signIn(credential, a -> a.clear(Flag.USER_VERIFIED))
                            .refusal()
                            .isEmpty())
                    .as(wanted.toString())
                    .isEqualTo(wanted != UserVerification.REQUIRED);
        }
    }

    @Test
    void aPasskeyThatWasSyncableStaysSo() {
        CredentialRecord credential = Fixture.accepted(fixture.register(a -> a.set(Flag.BACKUP_ELIGIBLE)));
        UnaryOperator<byte[]> notSyncable = data -> {
            data[32] &= ~0x18;
            return data;
        };

        assertThat(fixture.signIn(credential, UnaryOperator.identity()).refusal())
                .isEmpty();
        assertThat(fixture.signIn(credential, a -> a.authenticatorData(notSyncable))
                        .refusal())
                .contains(FailureReason.BACKUP_ELIGIBILITY_CHANGED);
    }

    /** Anyone can name a passkey, and must not learn what is stored of it. */
    @Test
    void onlyTheHolderOfAPasskeyIsToldThatItsEligibilityHasChanged() {
        CredentialRecord credential = fixture.registered();

        assertThat(fixture.signIn(credential, a -> a.set(Flag.BACKUP_ELIGIBLE).signature(s -> utf8("x")))
                        .refusal())
                .contains(FailureReason.SIGNATURE_INVALID);
    }

    @Test
    void aChangedBackupEligibilityIsAcceptedWhereThePolicySaysSo() {
        Fixture accepting = new Fixture(Fixture.POLICY.toBuilder()
                .backupEligibility(BackupEligibilityPolicy.ACCEPT)
                .build());
        CredentialRecord credential = accepting.registered();

        Assertion assertion = Fixture.accepted(accepting.signIn(credential, a -> a.set(Flag.BACKUP_ELIGIBLE)));

        assertThat(assertion.backupEligible()).isTrue();
        assertThat(assertion.changesBackupEligibility(credential.backupEligible()))
                .isTrue();
    }

    @Test
    void anUnknownBackupEligibilityIsLearntFromTheSignIn() {
        CredentialRecord imported = fixture.registered().toBuilder()
                .backupEligible(Optional.empty())
                .build();

        for (Flag[] flags : List.of(new Flag[] {}, new Flag[] {Flag.BACKUP_ELIGIBLE})) {
            Assertion assertion = Fixture.accepted(fixture.signIn(imported, a -> a.set(flags)));

            assertThat(assertion.backupEligible()).isEqualTo(flags.length == 1);
            assertThat(assertion.changesBackupEligibility(imported.backupEligible()))
                    .isFalse();
        }
        assertThat(fixture.signIn(imported, a -> a.set(Flag.BACKED_UP)).refusal())
                .contains(FailureReason.BACKUP_FLAGS_INVALID);
    }

    @Test
    void acceptsAnEmbeddedPageWhereThePolicyNamesWhoEmbedsIt() {
        Fixture embedded = new Fixture(
                Fixture.with(Set.of(Fixture.ORIGIN), Set.of("https://shop.example"), UserVerification.REQUIRED));
        CredentialRecord credential = embedded.registered();

        assertThat(embedded.signIn(credential, a -> a.crossOrigin(true).topOrigin("https://shop.example"))
                        .refusal())
                .isEmpty();
        assertThat(embedded.signIn(credential, a -> a.crossOrigin(true).topOrigin("https://other.example"))
                        .refusal())
                .contains(FailureReason.TOP_ORIGIN_NOT_ALLOWED);
    }

    @Test
    void readsClientDataAsTheEncodingStandardSays() {
        CredentialRecord credential = fixture.registered();

        assertThat(fixture.signIn(credential, a -> a.clientData(json -> concat(utf8("\ufeff"), json)))
                        .refusal())
                .isEmpty();
    }

    @Test
    void ignoresFlagsThatHaveNoMeaningYet() {
        CredentialRecord credential = fixture.registered();

        assertThat(fixture.signIn(
                                credential,
                                a -> a.authenticatorData(data -> {
                                    data[32] |= 0x22;
                                    return data;
                                }))
                        .refusal())
                .isEmpty();
    }

    @Test
    void refusesTheAnswerOfAnEarlierCeremony() {
        CredentialRecord credential = fixture.registered();
        AuthenticationOptions first = fixture.relyingParty.authenticationOptions(List.of());
        String answer = fixture.authenticator
                .authenticate(first.toJson(), Fixture.ORIGIN)
                .json();
        AuthenticationOptions second = fixture.relyingParty.authenticationOptions(List.of());
        AuthenticationExpectation expected =
                new AuthenticationExpectation(second.challenge(), credential, Fixture.USER.handle(), true);

        assertThat(AuthenticationResponse.parse(answer)
                        .then(response -> fixture.relyingParty.verifyAuthentication(expected, response))
                        .refusal())
                .contains(FailureReason.CHALLENGE_MISMATCH);
    }

    @Test
    @Shows(steps = "§7.2 step 23, extensions that nobody asked for")
    void ignoresExtensionsThatNobodyAskedFor() {
        CredentialRecord credential = fixture.registered();

        assertThat(fixture.signIn(credential, a -> a.extension("hmac-secret", true))
                        .refusal())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, false", "1, 0, false", "8, 7, false", "7, 7, true", "6, 7, true", "0, 7, true"})
    void aCounterThatDoesNotGrowSuggestsAClone(long signed, long stored, boolean suspected) {
        assertThat(new Assertion(signed, true, false, false).suggestsClone(stored))
                .isEqualTo(suspected);
    }

    private static Arguments refused(String step, FailureReason reason, UnaryOperator<AuthenticationCeremony> change) {
        return arguments(step, reason, change);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return Bytes.of(first).concat(Bytes.of(second)).toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
