package io.github.keycloakpasskey.keycloak.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.webauthn.Assertion;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.attestation.Aaguid;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasskeyRecordTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final CredentialRecord CREDENTIAL = CredentialRecord.builder(
                    Bytes.ofBase64Url("AQID"), Bytes.ofBase64Url("BAUG"))
            .signCount(7)
            .transports(List.of("usb", "nfc"))
            .aaguid(Optional.of(UUID.fromString("fbfc3007-154e-4ecc-8c0b-6e020557d7bd")))
            .attestationFormat(Optional.of(AttestationFormat.PACKED))
            .userVerified(true)
            .discoverable(Optional.of(true))
            .backupEligible(Optional.of(true))
            .build();

    @Test
    @Shows(Threat.STOLEN_DATABASE)
    void aRecordIsWrittenAsTheDataModelDescribes() throws JsonProcessingException {
        PasskeyRecord record = PasskeyRecord.of(CREDENTIAL, "example.org", Bytes.ofBase64Url("Bwg"), NOON);

        assertThat(JSON.readTree(record.toJson())).isEqualTo(JSON.readTree("""
                                {"version":1,"credentialId":"AQID","publicKey":"BAUG","signCount":7,
                                 "transports":["usb","nfc"],"aaguid":"fbfc3007-154e-4ecc-8c0b-6e020557d7bd",
                                 "attestationFormat":"packed","rpId":"example.org","userHandle":"Bwg",
                                 "discoverable":true,"userVerified":true,"backupEligible":true,"backedUp":false,
                                 "lastVerified":%d}
                                """.formatted(NOON.toEpochMilli())));
    }

    @Test
    void aRecordIsReadAsItWasWritten() {
        PasskeyRecord record = PasskeyRecord.of(CREDENTIAL, "example.org", Bytes.ofBase64Url("Bwg"), NOON);

        PasskeyRecord read = PasskeyRecord.parse(record.toJson());

        assertThat(read.credential()).isEqualTo(CREDENTIAL);
        assertThat(read.userHandle()).contains(Bytes.ofBase64Url("Bwg"));
        assertThat(read.lastUsed()).isEmpty();
        assertThat(read.lastVerified()).contains(NOON);
    }

    @Test
    void aSignInChangesOnlyTheCounterBackupStateAndLastUse() throws JsonProcessingException {
        String stored = """
                {"version":9,"credentialId":"AQID","publicKey":"BAUG","signCount":7,"invented":{"later":[1]}}""";

        PasskeyRecord used = PasskeyRecord.parse(stored).used(4_000_000_000L, assertion(false, true), NOON);

        JsonNode written = JSON.readTree(used.toJson());
        assertThat(written).isEqualTo(JSON.readTree("""
                                {"version":9,"credentialId":"AQID","publicKey":"BAUG","signCount":4000000000,
                                 "invented":{"later":[1]},"backupEligible":true,"backedUp":true,"lastUsed":%d}
                                """.formatted(NOON.toEpochMilli())));
        assertThat(used.lastUsed()).contains(NOON);
        assertThat(used.credential().signCount()).isEqualTo(4_000_000_000L);
    }

    @Test
    void anUnknownAttestationFormatIsKeptWhenTheRecordIsWrittenAgain() throws JsonProcessingException {
        PasskeyRecord stored = PasskeyRecord.parse(
                "{\"credentialId\":\"AQID\",\"publicKey\":\"BAUG\",\"attestationFormat\":\"compound\"}");

        PasskeyRecord used = stored.used(1, assertion(false, false), NOON);

        assertThat(used.credential().attestationFormat()).isEmpty();
        assertThat(JSON.readTree(used.toJson()).path("attestationFormat").asText())
                .isEqualTo("compound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "1-1-1-1-1", "fbfc3007154e4ecc8c0b6e020557d7bd"})
    void anAaguidThatIsNotAUuidIsKeptWhenTheRecordIsWrittenAgain(String aaguid) throws JsonProcessingException {
        PasskeyRecord stored =
                PasskeyRecord.parse("{\"credentialId\":\"AQID\",\"publicKey\":\"BAUG\",\"aaguid\":\"" + aaguid + "\"}");

        PasskeyRecord used = stored.used(1, assertion(false, false), NOON);

        assertThat(used.credential().aaguid()).isEmpty();
        assertThat(JSON.readTree(used.toJson()).path("aaguid").asText()).isEqualTo(aaguid);
    }

    @Test
    void aRegistrationWithoutUserVerificationHasNoLastVerification() {
        PasskeyRecord record =
                PasskeyRecord.of(withoutUserVerification(), "example.org", Bytes.ofBase64Url("Bwg"), NOON);

        assertThat(record.lastVerified()).isEmpty();
    }

    @Test
    void onlyASignInWithUserVerificationChangesTheLastVerification() {
        PasskeyRecord record = PasskeyRecord.of(CREDENTIAL, "example.org", Bytes.ofBase64Url("Bwg"), NOON);
        Instant evening = NOON.plusSeconds(6 * 3600);

        assertThat(record.used(8, assertion(false, false), evening).lastVerified())
                .contains(NOON);
        assertThat(record.used(8, assertion(true, false), evening).lastVerified())
                .contains(evening);
    }

    /** An older version, which did not record the last user verification, stored these records. */
    @Test
    void anOldRecordTakesItsLastVerificationFromTheRegistration() {
        String verified = "{\"credentialId\":\"AQID\",\"publicKey\":\"BAUG\",\"userVerified\":true}";
        String notVerified = "{\"credentialId\":\"AQID\",\"publicKey\":\"BAUG\",\"userVerified\":false}";
        Instant evening = NOON.plusSeconds(6 * 3600);

        assertThat(passkey(verified, Optional.of(NOON)).lastVerified()).contains(NOON);
        assertThat(passkey(verified, Optional.empty()).lastVerified()).isEmpty();
        assertThat(passkey(notVerified, Optional.of(NOON)).lastVerified()).isEmpty();
        String usedSince = PasskeyRecord.parse(notVerified)
                .used(0, assertion(true, false), evening)
                .toJson();
        assertThat(passkey(usedSince, Optional.of(NOON)).lastVerified()).contains(evening);
    }

    private static Passkey passkey(String document, Optional<Instant> created) {
        return new Passkey(null, PasskeyType.PASSKEY, "row", "Passkey", created, PasskeyRecord.parse(document));
    }

    private static CredentialRecord withoutUserVerification() {
        return CREDENTIAL.toBuilder().userVerified(false).build();
    }

    @Test
    void aMissingMemberOfARecordHasADefault() {
        CredentialRecord credential = PasskeyRecord.parse("{\"credentialId\":\"AQID\",\"publicKey\":\"BAUG\"}")
                .credential();

        assertThat(credential.signCount()).isZero();
        assertThat(credential.transports()).isEmpty();
        assertThat(credential.aaguid()).contains(Aaguid.NONE);
        assertThat(credential.attestationFormat()).contains(AttestationFormat.NONE);
        assertThat(credential.discoverable()).isEmpty();
        assertThat(credential.backupEligible()).isEmpty();
    }

    /** For example from a system that does not store it. */
    @Test
    void theFirstSignInShowsTheBackupEligibilityOfAnImportedPasskey() throws JsonProcessingException {
        PasskeyRecord imported = PasskeyRecord.parse("{\"credentialId\":\"AQID\",\"publicKey\":\"BAUG\"}");

        PasskeyRecord used = imported.used(1, new Assertion(1, true, false, false), NOON);

        assertThat(used.credential().backupEligible()).contains(false);
        assertThat(used.backupEligibilityChanged()).isEmpty();
        assertThat(JSON.readTree(used.toJson()).path("backupEligible").isBoolean())
                .isTrue();
    }

    @Test
    void anUnknownBackupEligibilityIsNotWritten() {
        CredentialRecord unknown =
                CREDENTIAL.toBuilder().backupEligible(Optional.empty()).build();

        String json = PasskeyRecord.of(unknown, "example.org", Bytes.ofBase64Url("Bwg"), NOON)
                .toJson();

        assertThat(json).doesNotContain("backupEligible");
        assertThat(PasskeyRecord.parse(json).credential()).isEqualTo(unknown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"true\"", "1", "{}"})
    void aBackupEligibilityThatIsNotABooleanIsUnknown(String flag) {
        assertThat(PasskeyRecord.parse(
                                "{\"credentialId\":\"AQID\",\"publicKey\":\"BAUG\",\"backupEligible\":" + flag + "}")
                        .credential()
                        .backupEligible())
                .isEmpty();
    }

    @Test
    void aChangedBackupEligibilityIsRecorded() {
        PasskeyRecord record = PasskeyRecord.of(CREDENTIAL, "example.org", Bytes.ofBase64Url("Bwg"), NOON);
        Instant evening = NOON.plusSeconds(6 * 3600);

        PasskeyRecord changed = record.used(8, new Assertion(8, true, false, false), evening);
        PasskeyRecord later = changed.used(9, new Assertion(9, true, false, false), evening.plusSeconds(60));

        assertThat(record.backupEligibilityChanged()).isEmpty();
        assertThat(changed.credential().backupEligible()).contains(false);
        assertThat(changed.backupEligibilityChanged()).contains(evening);
        assertThat(later.backupEligibilityChanged()).contains(evening);
    }

    private static Assertion assertion(boolean userVerified, boolean backedUp) {
        return new Assertion(0, userVerified, true, backedUp);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "hello",
                "{}",
                "{\"credentialId\":\"AQID\"}",
                "{\"credentialId\":\"\",\"publicKey\":\"BAUG\"}",
                "{\"credentialId\":\"*\",\"publicKey\":\"BAUG\"}",
                "{\"credentialId\":\"AQID\",\"publicKey\":\"BAUG\",\"userHandle\":\"*\"}",
            })
    void textThatIsNotAPasskeyRecordIsRefused(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> PasskeyRecord.parse(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"signCount\":-5}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"signCount\":4294967296}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"signCount\":98765432109876543210}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"signCount\":1e400}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"signCount\":\"7\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"publicKey\":\"BBBB\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\"} and more"
            })
    void anAmbiguousOrOutOfRangeRecordIsRefused(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> PasskeyRecord.parse(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"98765432109876543210", "9223372036854775807", "253402300800000", "-1", "1.5", "\"now\"", "null"
            })
    void anInvalidInstantIsLeftOut(String lastUsed) {
        assertThat(PasskeyRecord.parse(
                                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"lastUsed\":" + lastUsed + "}")
                        .lastUsed())
                .isEmpty();
    }
}
