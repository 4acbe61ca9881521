package io.github.keycloakpasskey.keycloak.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import io.github.keycloakpasskey.webauthn.Assertion;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/passkey-record.schema.json} describes what {@link PasskeyRecord} writes and reads. */
class PasskeyRecordSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final JsonNode DESCRIPTION = readSchema();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(DESCRIPTION);

    @ParameterizedTest
    @MethodSource("written")
    void aWrittenRecordMatchesTheSchema(PasskeyRecord record) throws JsonProcessingException {
        assertThat(faults(record.toJson())).isEmpty();
    }

    @Test
    void theSchemaDescribesExactlyTheWrittenMembers() throws JsonProcessingException {
        Set<String> written = new HashSet<>();
        for (PasskeyRecord record : written().toList()) {
            JSON.readTree(record.toJson()).fieldNames().forEachRemaining(written::add);
        }

        assertThat(DESCRIPTION.path("properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'publicKey':'AAAA'}",
                "{'credentialId':'AAAA'}",
                "{'credentialId':'','publicKey':'AAAA'}",
                "{'credentialId':'A','publicKey':'AAAA'}",
                "{'credentialId':'AAAAA','publicKey':'AAAA'}",
                "{'credentialId':'AAA*','publicKey':'AAAA'}",
                "{'credentialId':'A+/A','publicKey':'AAAA'}",
                "{'credentialId':'AAAA','publicKey':''}",
                "{'credentialId':'AAAA','publicKey':'AAAAA'}",
                "{'credentialId':'AAAA','publicKey':'AAAA','userHandle':'A'}",
                "{'credentialId':'AAAA','publicKey':'AAAA','userHandle':'*'}",
                "{'credentialId':17,'publicKey':'AAAA'}",
                "{'credentialId':'AAAA','publicKey':null}",
                "{'credentialId':'AAAA','publicKey':'AAAA','signCount':-1}",
                "{'credentialId':'AAAA','publicKey':'AAAA','signCount':4294967296}",
                "{'credentialId':'AAAA','publicKey':'AAAA','signCount':1.5}",
                "{'credentialId':'AAAA','publicKey':'AAAA','signCount':'7'}",
                "{'credentialId':'AAAA','publicKey':'AAAA','signCount':null}",
                "[]",
            })
    void anUnreadableRecordDoesNotMatchTheSchema(String document) throws JsonProcessingException {
        String json = document.replace('\'', '"');

        assertThatIllegalArgumentException().isThrownBy(() -> PasskeyRecord.parse(json));
        assertThat(faults(json)).isNotEmpty();
    }

    /** A reader may use the defaults of the schema, as this extension does. */
    @Test
    void aMissingMemberHasTheDefaultOfTheSchema() throws JsonProcessingException {
        String least = "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\"}";

        CredentialRecord read = PasskeyRecord.parse(least).credential();

        assertThat(faults(least)).isEmpty();
        assertThat(read.signCount()).isEqualTo(defaultOf("signCount").longValue());
        assertThat(read.transports()).hasSize(defaultOf("transports").size());
        assertThat(read.aaguid().map(UUID::toString))
                .contains(defaultOf("aaguid").textValue());
        assertThat(read.attestationFormat().map(AttestationFormat::registeredName))
                .contains(defaultOf("attestationFormat").textValue());
        assertThat(read.userVerified()).isEqualTo(defaultOf("userVerified").booleanValue());
        assertThat(read.backedUp()).isEqualTo(defaultOf("backedUp").booleanValue());
        assertThat(read.discoverable()).isEmpty();
        assertThat(read.backupEligible()).isEmpty();
        assertThat(defaultOf("backupEligible").isMissingNode()).isTrue();
    }

    private static Stream<PasskeyRecord> written() {
        PasskeyRecord full = made(Optional.of(true), true, 0xffff_ffffL, "usb", "nfc");
        PasskeyRecord bare = made(Optional.empty(), false, 0);
        return Stream.of(
                full,
                bare,
                full.used(0xffff_ffffL, new Assertion(0, true, false, false), NOON.plusSeconds(60)),
                bare.used(0, new Assertion(0, true, true, false), NOON.plusSeconds(60)),
                full.suspectedOfClone(NOON.plusSeconds(90)),
                PasskeyRecord.ofBuiltIn(
                        full.credential(), Optional.of("packed"), Bytes.of(new byte[36]), PasskeyType.BUILT_IN));
    }

    private static PasskeyRecord made(
            Optional<Boolean> discoverable, boolean userVerified, long signCount, String... transports) {
        CredentialRecord credential = CredentialRecord.builder(Bytes.of(new byte[1023]), Bytes.of(new byte[77]))
                .signCount(signCount)
                .transports(List.of(transports))
                .aaguid(Optional.of(UUID.fromString("fbfc3007-154e-4ecc-8c0b-6e020557d7bd")))
                .attestationFormat(Optional.of(AttestationFormat.PACKED))
                .userVerified(userVerified)
                .discoverable(discoverable)
                .backupEligible(Optional.of(discoverable.isPresent()).filter(known -> known))
                .build();
        return PasskeyRecord.of(credential, "example.org", Bytes.of(new byte[64]), NOON);
    }

    private static JsonNode defaultOf(String member) {
        return DESCRIPTION.path("properties").path(member).path("default");
    }

    private static Set<ValidationMessage> faults(String json) throws JsonProcessingException {
        return SCHEMA.validate(JSON.readTree(json));
    }

    private static JsonNode readSchema() {
        try {
            return JSON.readTree(Files.readString(Path.of("docs/passkey-record.schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
