package io.github.keycloakpasskey.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.MetadataHost;
import io.github.keycloakpasskey.testbed.PackedAttestator;
import io.github.keycloakpasskey.testbed.RegistrationCeremony;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.TestCertificateAuthority;
import io.github.keycloakpasskey.testbed.TestMetadata;
import io.github.keycloakpasskey.webauthn.AttestationConveyance;
import io.github.keycloakpasskey.webauthn.AttestationPolicy;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RegistrationOptions;
import io.github.keycloakpasskey.webauthn.RegistrationResponse;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.RelyingPartyPolicy;
import io.github.keycloakpasskey.webauthn.ResidentKey;
import io.github.keycloakpasskey.webauthn.UserEntity;
import io.github.keycloakpasskey.webauthn.UserVerification;
import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registrations that the metadata decides, in a realm that requests no attestation. */
class MetadataCeremonyTest {

    private static final String ORIGIN = "https://login.example.org";
    private static final UUID GOOD = UUID.fromString("0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6");
    private static final UUID COMPROMISED = UUID.fromString("f8a011f3-8c0a-4d15-8006-17111f9edc7d");
    private static final TestCertificateAuthority VENDOR = TestCertificateAuthority.root("Vendor");

    private final MetadataHost host = new MetadataHost();
    private final TestTime time = new TestTime();

    @TempDir
    Path directory;

    @AfterEach
    void closeTheHost() {
        host.close();
    }

    @Test
    void aCompromisedModelIsRefusedEvenWithoutAttestation() {
        MetadataService metadata = loaded();

        assertThat(register(metadata, Optional.empty(), claiming(GOOD))).isEmpty();
        assertThat(register(metadata, Optional.empty(), claiming(COMPROMISED)))
                .contains(FailureReason.AUTHENTICATOR_COMPROMISED);
    }

    @Test
    void aModelBelowTheRequiredCertificationIsRefused() {
        MetadataService metadata = loaded();

        assertThat(register(metadata, Optional.of(CertificationLevel.L1), proving(GOOD)))
                .isEmpty();
        assertThat(register(metadata, Optional.of(CertificationLevel.L2), proving(GOOD)))
                .contains(FailureReason.AUTHENTICATOR_NOT_CERTIFIED);
        assertThat(register(metadata, Optional.of(CertificationLevel.L1), proving(new UUID(0, 0))))
                .contains(FailureReason.AUTHENTICATOR_NOT_CERTIFIED);
    }

    @Test
    void aClaimedModelWithoutAttestationDoesNotCountAsCertified() {
        assertThat(register(loaded(), Optional.of(CertificationLevel.L1), claiming(GOOD)))
                .contains(FailureReason.ATTESTATION_MISSING);
    }

    private static UnaryOperator<RegistrationCeremony> claiming(UUID model) {
        return answer -> answer.aaguid(model);
    }

    private static UnaryOperator<RegistrationCeremony> proving(UUID model) {
        return answer -> answer.aaguid(model).attestation(new PackedAttestator(VENDOR));
    }

    private MetadataService loaded() {
        host.answersWith(new TestMetadata()
                .model(GOOD.toString(), VENDOR.certificate(), "FIDO_CERTIFIED_L1")
                .model(COMPROMISED.toString(), VENDOR.certificate(), "FIDO_CERTIFIED_L1", "USER_KEY_REMOTE_COMPROMISE")
                .sign());
        MetadataSettings settings = new MetadataSettings(
                host.url().toString(),
                Optional.of(TestMetadata.ROOT
                        .writePem(directory.resolve("root.pem"))
                        .toString()),
                Optional.empty(),
                Optional.empty());
        MetadataService metadata = new MetadataService(settings, settings.source(), time, time, new RecordedLog());
        metadata.start();
        time.untilNext();
        return metadata;
    }

    private static Optional<FailureReason> register(
            MetadataService metadata, Optional<CertificationLevel> least, UnaryOperator<RegistrationCeremony> change) {
        RelyingParty relyingParty = new RelyingParty(RelyingPartyPolicy.builder("example.org", "Example")
                .origins(Set.of(ORIGIN))
                .algorithms(List.of(CoseAlgorithm.ES256))
                .userVerification(UserVerification.REQUIRED)
                .residentKey(ResidentKey.REQUIRED)
                .attestation(new AttestationPolicy(
                        AttestationConveyance.NONE, Optional.empty(), Optional.of(metadata.trust(least))))
                .build());
        RegistrationOptions options = relyingParty.registrationOptions(
                new UserEntity(Bytes.of(new byte[] {1}), "alice", "Alice Example"), List.of());
        String json = change.apply(new SoftwareAuthenticator().register(options.toJson(), ORIGIN))
                .json();
        return RegistrationResponse.parse(json)
                .then(response -> relyingParty.verifyRegistration(options.challenge(), response))
                .refusal();
    }
}
