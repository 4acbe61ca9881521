package io.github.keycloakpasskey.keycloak.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import io.github.keycloakpasskey.testbed.CoseKeys;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialPublicKeyConverter;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** Documents of Keycloak's built-in credentials, as Keycloak's own classes write and read them. */
class BuiltInDocumentTest {

    private static final String USER = "7d3c1f0a-5f65-4a52-9d3e-0a6b8f0e5c11";
    private static final UUID AAGUID = UUID.fromString("531126d6-e717-415c-9320-3d9aa6981239");
    private static final CredentialPublicKeyConverter KEYS = new CredentialPublicKeyConverter(new ObjectConverter());
    private static final ECPublicKey KEY = newKey();

    @Test
    void readsWhatKeycloakWrites() {
        PasskeyRecord record = read(keycloaks("packed", Set.of("internal", "hybrid")));

        assertThat(record.credential().id()).isEqualTo(Bytes.of(new byte[] {(byte) 0xfb, (byte) 0xff, 3}));
        assertThat(record.credential().hasUsableKey()).isTrue();
        assertThat(record.credential().signCount()).isEqualTo(7);
        assertThat(record.credential().transports()).containsExactlyInAnyOrder("internal", "hybrid");
        assertThat(record.credential().aaguid()).contains(AAGUID);
        assertThat(record.credential().attestationFormat()).contains(AttestationFormat.PACKED);
        assertThat(record.credential().backupEligible()).isEmpty();
        assertThat(record.adoptedFrom()).contains(PasskeyType.BUILT_IN);
        assertThat(record.rpId()).isEmpty();
        assertThat(record.lastVerified()).isEmpty();
        assertThat(record.userHandle()).contains(BuiltInDocument.userHandle(USER));
    }

    @Test
    void keepsAnAttestationFormatThatIsNotKnown() {
        PasskeyRecord record = read(keycloaks("compound", Set.of()));

        assertThat(record.attestationFormat()).isEqualTo("compound");
        assertThat(WebAuthnCredentialModel.createFromCredentialModel(model(BuiltInDocument.of(record)))
                        .getWebAuthnCredentialData()
                        .getAttestationStatementFormat())
                .isEqualTo("compound");
    }

    @Test
    void anOldRowWithoutTransportsAndFormatCanBeRead() {
        PasskeyRecord record = read(keycloaks(null, null));

        assertThat(record.credential().transports()).isEmpty();
        assertThat(record.attestationFormat()).isEqualTo("none");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "no json",
                "{}",
                "{\"credentialId\":\"AA==\"}",
                "{\"credentialPublicKey\":\"AA\"}",
                "{\"credentialId\":\"\",\"credentialPublicKey\":\"AA\"}",
                "{\"credentialId\":\"AA==\",\"credentialPublicKey\":\"!\"}",
                "{\"credentialId\":\"AA==\",\"credentialPublicKey\":\"AA\",\"counter\":-1}",
                "{\"credentialId\":\"AA==\",\"credentialPublicKey\":\"AA\",\"counter\":4294967296}",
                "{\"credentialId\":\"AA==\",\"credentialPublicKey\":\"AA\",\"counter\":\"many\"}"
            })
    void aDocumentThatIsNoneIsRefused(String document) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(document));
    }

    @Test
    void keycloakReadsWhatIsWrittenForIt() {
        PasskeyRecord ours = ours(cose(Map.of()));

        WebAuthnCredentialModel read =
                WebAuthnCredentialModel.createFromCredentialModel(model(BuiltInDocument.of(ours)));

        assertThat(read(read.getCredentialData()).credential())
                .usingRecursiveComparison()
                .ignoringFields("userVerified", "backupEligible", "backedUp", "discoverable")
                .isEqualTo(ours.credential());
        COSEKey key =
                KEYS.convertToEntityAttribute(read.getWebAuthnCredentialData().getCredentialPublicKey());
        assertThat(key.getPublicKey()).isEqualTo(KEY);
    }

    /** A Nitrokey adds key_ops, label 4; others are allowed too. */
    @Test
    void keycloakReadsAKeyWithMoreLabels() {
        PasskeyRecord ours = ours(cose(Map.of(2, new byte[] {1}, 4, List.of(2))));

        COSEKey key = KEYS.convertToEntityAttribute(
                WebAuthnCredentialModel.createFromCredentialModel(model(BuiltInDocument.of(ours)))
                        .getWebAuthnCredentialData()
                        .getCredentialPublicKey());

        assertThat(key.getPublicKey()).isEqualTo(KEY);
    }

    @Test
    void aCounterChangesNothingElse() {
        String before = keycloaks("packed", Set.of("usb"));

        PasskeyRecord after = read(BuiltInDocument.withSignCount(before, 4_294_967_295L));

        assertThat(after.credential().signCount()).isEqualTo(4_294_967_295L);
        assertThat(after.credential().toBuilder().signCount(7).build())
                .isEqualTo(read(before).credential());
    }

    private static PasskeyRecord read(String document) {
        return BuiltInDocument.read(document, PasskeyType.BUILT_IN, USER);
    }

    private static PasskeyRecord ours(Bytes key) {
        CredentialRecord credential = CredentialRecord.builder(Bytes.of(new byte[] {(byte) 0xfb, (byte) 0xff, 3}), key)
                .signCount(9)
                .transports(List.of("usb"))
                .aaguid(Optional.of(AAGUID))
                .attestationFormat(Optional.of(AttestationFormat.PACKED))
                .backupEligible(Optional.of(true))
                .backedUp(true)
                .userVerified(true)
                .build();
        return PasskeyRecord.of(credential, "example.org", BuiltInDocument.userHandle(USER), Instant.EPOCH);
    }

    private static String keycloaks(String format, Set<String> transports) {
        return WebAuthnCredentialModel.create(
                        WebAuthnCredentialModel.TYPE_PASSWORDLESS,
                        "label",
                        AAGUID.toString(),
                        "+/8D",
                        null,
                        KEYS.convertToDatabaseColumn(EC2COSEKey.create(KEY, COSEAlgorithmIdentifier.ES256)),
                        7,
                        format,
                        transports)
                .getCredentialData();
    }

    private static CredentialModel model(String document) {
        CredentialModel model = new CredentialModel();
        model.setType(WebAuthnCredentialModel.TYPE_PASSWORDLESS);
        model.setSecretData("{}");
        model.setCredentialData(document);
        return model;
    }

    private static Bytes cose(Map<Integer, Object> more) {
        Map<Object, Object> parameters = new LinkedHashMap<>(Map.of(1, 2, 3, -7, -1, 1));
        parameters.put(-2, coordinate(KEY.getW().getAffineX()));
        parameters.put(-3, coordinate(KEY.getW().getAffineY()));
        parameters.putAll(more);
        return Bytes.of(CoseKeys.encode(parameters));
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(bytes.length, fixed.length);
        System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
        return fixed;
    }

    private static ECPublicKey newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return (ECPublicKey) generator.generateKeyPair().getPublic();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
