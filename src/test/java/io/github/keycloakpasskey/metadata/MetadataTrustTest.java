package io.github.keycloakpasskey.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.TestAuthority;
import io.github.keycloakpasskey.testbed.TestMetadata;
import io.github.keycloakpasskey.webauthn.AttestationTrust;
import io.github.keycloakpasskey.webauthn.AuthenticatorModel;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the metadata decides about an authenticator model. */
class MetadataTrustTest {

    private static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String MODEL = "0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6";
    private static final String OTHER_MODEL = "f8a011f3-8c0a-4d15-8006-17111f9edc7d";
    private static final String NO_AAGUID = "00000000-0000-0000-0000-000000000000";
    private static final String KEY_IDENTIFIER = "7c0903708b87115b0b422def3138c3c864e44573";
    private static final X509Certificate VENDOR = TestAuthority.root("Vendor").certificate();
    private static final X509Certificate OTHER_VENDOR =
            TestAuthority.root("Other vendor").certificate();

    @Test
    void eachModelIsTrustedByItsOwnRoots() {
        AttestationTrust trust = trust(new TestMetadata().model(MODEL, VENDOR).model(OTHER_MODEL, OTHER_VENDOR));

        assertThat(trust.anchors(model(MODEL))).containsExactly(VENDOR);
        assertThat(trust.anchors(model(MODEL.toUpperCase(Locale.ROOT)))).containsExactly(VENDOR);
        assertThat(trust.anchors(model(OTHER_MODEL))).containsExactly(OTHER_VENDOR);
    }

    @Test
    void anUnlistedModelHasNoTrustedRootsAndIsNotRefused() {
        AttestationTrust trust = trust(new TestMetadata().model(OTHER_MODEL, OTHER_VENDOR));

        assertThat(trust.anchors(model(MODEL))).isEmpty();
        assertThat(trust.objection(model(MODEL))).isEmpty();
    }

    @Test
    void modelsWithoutAnAaguidAreFoundByTheirCertificateKeyIdentifier() {
        AttestationTrust trust = trust(u2f(KEY_IDENTIFIER, "FIDO_CERTIFIED_L1"));

        assertThat(trust.anchors(u2fModel(KEY_IDENTIFIER))).containsExactly(VENDOR);
        assertThat(trust.anchors(u2fModel("00".repeat(20)))).isEmpty();
        assertThat(trust.anchors(model(NO_AAGUID))).isEmpty();
    }

    @Test
    void anAaguidOfZerosIsNotAModel() {
        AttestationTrust trust = trust(new TestMetadata().model(NO_AAGUID, VENDOR, "REVOKED"));

        assertThat(trust.anchors(model(NO_AAGUID))).isEmpty();
        assertThat(trust.objection(model(NO_AAGUID))).isEmpty();
    }

    @Test
    void aKeyIdentifierThatIsNotHexIsIgnored() {
        AttestationTrust trust = trust(u2f("yes", "FIDO_CERTIFIED"));

        assertThat(trust.anchors(u2fModel(KEY_IDENTIFIER))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REVOKED",
                "USER_VERIFICATION_BYPASS",
                "ATTESTATION_KEY_COMPROMISE",
                "USER_KEY_REMOTE_COMPROMISE",
                "USER_KEY_PHYSICAL_COMPROMISE"
            })
    void compromisedModelsAreRefused(String status) {
        AttestationTrust trust =
                trust(new TestMetadata().model(MODEL, VENDOR, status).model(OTHER_MODEL, VENDOR));

        assertThat(trust.objection(model(MODEL))).contains(FailureReason.AUTHENTICATOR_COMPROMISED);
        assertThat(trust.objection(model(OTHER_MODEL))).isEmpty();
        assertThat(trust(u2f(KEY_IDENTIFIER, status)).objection(u2fModel(KEY_IDENTIFIER)))
                .contains(FailureReason.AUTHENTICATOR_COMPROMISED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOT_FIDO_CERTIFIED",
                "FIDO_CERTIFIED",
                "UPDATE_AVAILABLE",
                "SELF_ASSERTION_SUBMITTED",
                "FIDO_CERTIFIED_L1",
                "ADDED_LATER"
            })
    void modelsWithOtherStatusesAreNotRefused(String status) {
        assertThat(trust(new TestMetadata().model(MODEL, VENDOR, status)).objection(model(MODEL)))
                .isEmpty();
    }

    @Test
    void aCompromisedModelIsRefusedDespiteALaterCertificationOrUpdate() {
        TestMetadata mended = reports(
                "USER_KEY_REMOTE_COMPROMISE 2025-01-01", "UPDATE_AVAILABLE 2025-02-01", "FIDO_CERTIFIED_L1 2025-03-01");

        assertThat(trust(mended).objection(model(MODEL))).contains(FailureReason.AUTHENTICATOR_COMPROMISED);
    }

    @Test
    void aModelIsRefusedIfAnyOfItsEntriesIsCompromised() {
        TestMetadata metadata =
                new TestMetadata().model(MODEL, VENDOR, "FIDO_CERTIFIED_L1").model(MODEL, VENDOR, "REVOKED");

        assertThat(trust(metadata).objection(model(MODEL))).contains(FailureReason.AUTHENTICATOR_COMPROMISED);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FIDO_CERTIFIED, NOT_CERTIFIED",
        "SELF_ASSERTION_SUBMITTED, NOT_CERTIFIED",
        "UPDATE_AVAILABLE, NOT_CERTIFIED",
        "FIDO_CERTIFIED, FIDO_CERTIFIED",
        "FIDO_CERTIFIED_L1, L1",
        "FIDO_CERTIFIED_L1plus, L1_PLUS",
        "FIDO_CERTIFIED_L2, L2",
        "FIDO_CERTIFIED_L2plus, L2_PLUS",
        "FIDO_CERTIFIED_L3, L3",
        "FIDO_CERTIFIED_L3plus, L3_PLUS"
    })
    void aModelIsAcceptedUpToItsCertificationLevel(String status, CertificationLevel level) {
        assertHasLevel(level, new TestMetadata().model(MODEL, VENDOR, status));
    }

    @Test
    void theLastReportedLevelCounts() {
        assertHasLevel(CertificationLevel.L2, reports("FIDO_CERTIFIED_L2 2024-01-01", "FIDO_CERTIFIED_L1 2020-01-01"));
        assertHasLevel(CertificationLevel.L1, reports("FIDO_CERTIFIED_L2 2020-01-01", "FIDO_CERTIFIED_L1 2024-01-01"));
        assertHasLevel(
                CertificationLevel.NOT_CERTIFIED,
                reports("NOT_FIDO_CERTIFIED 2024-01-01", "FIDO_CERTIFIED_L1 2020-01-01"));
    }

    @Test
    void theHigherOfTwoLevelsReportedOnOneDayCounts() {
        assertHasLevel(CertificationLevel.L2, reports("FIDO_CERTIFIED_L2 2024-01-01", "FIDO_CERTIFIED_L1 2024-01-01"));
    }

    @Test
    void aFunctionalCertificationOrAnUpdateDoesNotLowerTheLevel() {
        assertHasLevel(
                CertificationLevel.L2,
                reports(
                        "FIDO_CERTIFIED_L2 2020-01-01",
                        "FIDO_CERTIFIED 2024-01-01",
                        "SELF_ASSERTION_SUBMITTED 2024-02-01",
                        "UPDATE_AVAILABLE 2024-03-01"));
    }

    @Test
    void aReportWithoutADateCountsAsTheLatest() {
        assertHasLevel(CertificationLevel.L1, reports("FIDO_CERTIFIED_L1", "FIDO_CERTIFIED_L2 2024-01-01"));
    }

    @Test
    void aReportWithAFutureDateDoesNotCount() {
        assertHasLevel(CertificationLevel.L1, reports("FIDO_CERTIFIED_L1 2024-01-01", "FIDO_CERTIFIED_L3 2026-06-16"));
        assertHasLevel(CertificationLevel.L3, reports("FIDO_CERTIFIED_L1 2024-01-01", "FIDO_CERTIFIED_L3 2026-06-15"));
    }

    @ParameterizedTest
    @EnumSource(CertificationLevel.class)
    void anUnlistedModelIsRefusedWhenALevelIsRequired(CertificationLevel level) {
        AttestationTrust trust = trust(new TestMetadata().model(OTHER_MODEL, VENDOR, "FIDO_CERTIFIED_L3plus"), level);

        assertThat(trust.objection(model(OTHER_MODEL))).isEmpty();
        assertThat(trust.objection(model(MODEL))).contains(FailureReason.AUTHENTICATOR_NOT_CERTIFIED);
        assertThat(trust.objection(model(NO_AAGUID))).contains(FailureReason.AUTHENTICATOR_NOT_CERTIFIED);
    }

    @Test
    void aCompromisedModelIsReportedBeforeAMissingCertification() {
        TestMetadata metadata = new TestMetadata().model(MODEL, VENDOR, "NOT_FIDO_CERTIFIED", "REVOKED");

        assertThat(trust(metadata, CertificationLevel.L1).objection(model(MODEL)))
                .contains(FailureReason.AUTHENTICATOR_COMPROMISED);
    }

    @Test
    void aModelCannotUseTheLevelOfAnother() {
        TestMetadata metadata = u2f(KEY_IDENTIFIER, "FIDO_CERTIFIED_L1").model(MODEL, VENDOR, "FIDO_CERTIFIED_L3");
        AuthenticatorModel claiming =
                new AuthenticatorModel(UUID.fromString(MODEL), Optional.of(bytes(KEY_IDENTIFIER)));

        assertThat(trust(metadata, CertificationLevel.L2).objection(claiming))
                .contains(FailureReason.AUTHENTICATOR_NOT_CERTIFIED);
    }

    @Test
    void onlyRootsOfASingleModelProveTheModel() {
        TestAuthority common = TestAuthority.root("Root of two models");
        AttestationTrust trust = trust(new TestMetadata()
                .model(MODEL, VENDOR)
                .model(MODEL, VENDOR)
                .model(MODEL, common.certificate())
                .model(OTHER_MODEL, common.certificate()));

        assertThat(trust.anchorsOf(UUID.fromString(MODEL), false))
                .containsExactlyInAnyOrder(VENDOR, common.certificate());
        assertThat(trust.anchorsOf(UUID.fromString(MODEL), true)).containsExactly(VENDOR);
        assertThat(trust.anchorsOf(UUID.fromString(OTHER_MODEL), true)).isEmpty();
        assertThat(trust.anchorsOf(UUID.fromString(NO_AAGUID), false)).isEmpty();
        assertThat(trust(u2f(KEY_IDENTIFIER, "FIDO_CERTIFIED")).anchorsOf(UUID.fromString(MODEL), false))
                .isEmpty();
    }

    @Test
    void theModelMustBeProvenOnlyWhenALevelIsRequired() {
        assertThat(trust(new TestMetadata()).demandsModel()).isFalse();
        assertThat(trust(new TestMetadata(), CertificationLevel.NOT_CERTIFIED).demandsModel())
                .isTrue();
    }

    @Test
    @Shows(Threat.FORGED_METADATA)
    void nothingIsTrustedOrCertifiedBeforeMetadataIsLoaded() {
        AttestationTrust undemanding = new MetadataTrust(Optional::empty, Optional.empty(), CLOCK);
        AttestationTrust demanding =
                new MetadataTrust(Optional::empty, Optional.of(CertificationLevel.NOT_CERTIFIED), CLOCK);

        assertThat(undemanding.anchors(model(MODEL))).isEmpty();
        assertThat(undemanding.anchorsOf(UUID.fromString(MODEL), false)).isEmpty();
        assertThat(undemanding.distrust()).isEqualTo(FailureReason.METADATA_UNAVAILABLE);
        assertThat(demanding.objection(model(MODEL))).contains(FailureReason.METADATA_UNAVAILABLE);
    }

    /** A model that another source trusts need not wait for the metadata, unless a certification level is required. */
    @Test
    void noModelIsRefusedBeforeMetadataIsLoadedWhenNoLevelIsRequired() {
        assertThat(new MetadataTrust(Optional::empty, Optional.empty(), CLOCK).objection(model(MODEL)))
                .isEmpty();
    }

    @Test
    void distrustIsNotBlamedOnMissingMetadataOnceItIsLoaded() {
        assertThat(trust(new TestMetadata()).distrust()).isEqualTo(FailureReason.ATTESTATION_UNTRUSTED);
    }

    private static void assertHasLevel(CertificationLevel level, TestMetadata metadata) {
        for (CertificationLevel demanded : CertificationLevel.values()) {
            assertThat(trust(metadata, demanded).objection(model(MODEL)).isEmpty())
                    .as("%s is accepted where %s is demanded", level, demanded)
                    .isEqualTo(demanded.compareTo(level) <= 0);
        }
    }

    /** The model's reports: each a status and, optionally, its date. */
    private static TestMetadata reports(String... reports) {
        return new TestMetadata()
                .model(MODEL, VENDOR, reports)
                .payload(payload -> payload.at("/entries/0/statusReports").forEach(report -> {
                    String[] parts = report.path("status").asText().split(" ", -1);
                    ObjectNode object = (ObjectNode) report;
                    object.put("status", parts[0]);
                    if (parts.length > 1) {
                        object.put("effectiveDate", parts[1]);
                    }
                }));
    }

    private static TestMetadata u2f(String keyIdentifier, String status) {
        return new TestMetadata().entry(entry -> {
            entry.putArray("attestationCertificateKeyIdentifiers").add(keyIdentifier);
            entry.putObject("metadataStatement")
                    .putArray("attestationRootCertificates")
                    .add(TestMetadata.base64(VENDOR));
            entry.putArray("statusReports").addObject().put("status", status);
        });
    }

    private static AttestationTrust trust(TestMetadata metadata) {
        return trust(metadata, Optional.empty());
    }

    private static AttestationTrust trust(TestMetadata metadata, CertificationLevel least) {
        return trust(metadata, Optional.of(least));
    }

    private static AttestationTrust trust(TestMetadata metadata, Optional<CertificationLevel> least) {
        BlobSigner signer = new BlobSigner(TestMetadata.FIDO_HOST, Set.of(TestMetadata.ROOT.certificate()));
        try {
            MetadataBlob blob = MetadataBlob.verify(metadata.sign(), signer, Instant.now());
            return new MetadataTrust(() -> Optional.of(blob), least, CLOCK);
        } catch (MetadataException e) {
            throw new AssertionError(e);
        }
    }

    private static AuthenticatorModel model(String aaguid) {
        return new AuthenticatorModel(UUID.fromString(aaguid), Optional.empty());
    }

    private static AuthenticatorModel u2fModel(String keyIdentifier) {
        return new AuthenticatorModel(UUID.fromString(NO_AAGUID), Optional.of(bytes(keyIdentifier)));
    }

    private static Bytes bytes(String hex) {
        return Bytes.of(HexFormat.of().parseHex(hex));
    }
}
