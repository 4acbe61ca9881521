package io.github.keycloakpasskey.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.MetadataHost;
import io.github.keycloakpasskey.testbed.TestAuthority;
import io.github.keycloakpasskey.testbed.TestMetadata;
import io.github.keycloakpasskey.webauthn.AuthenticatorModel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which metadata blobs are accepted, and which of their entries are read. */
@Shows(Threat.FORGED_METADATA)
class MetadataBlobTest {

    private static final String MODEL = "0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6";
    private static final LocalDate TODAY = LocalDate.of(2026, 6, 15);
    private static final X509Certificate VENDOR = TestAuthority.root("Vendor").certificate();
    private static final BlobSigner SIGNER =
            new BlobSigner(TestMetadata.FIDO_HOST, Set.of(TestMetadata.ROOT.certificate()));

    @Test
    void aSignedBlobIsReadWithItsEntries() throws MetadataException {
        MetadataBlob blob = verify(new TestMetadata()
                .number(42)
                .nextUpdate(LocalDate.of(2031, 2, 3))
                .model(MODEL, VENDOR, "FIDO_CERTIFIED_L2"));

        assertThat(blob.number()).isEqualTo(42);
        assertThat(blob.nextUpdate()).isEqualTo(LocalDate.of(2031, 2, 3));
        assertThat(blob)
                .hasToString("metadata blob no. 42 (next update 2031-02-03, 1 entries, 0 of them read in part,"
                        + " 0 not readable)");
        assertThat(blob.entries(model(MODEL))).singleElement().satisfies(entry -> {
            assertThat(entry.anchors()).containsExactly(VENDOR);
            assertThat(entry.level(TODAY)).isEqualTo(CertificationLevel.L2);
        });
    }

    static Stream<Arguments> algorithms() throws GeneralSecurityException {
        KeyPair rsa = keys("RSA", "");
        return Stream.of(
                arguments("RS384", rsa, signer("SHA384withRSA")),
                arguments("RS512", rsa, signer("SHA512withRSA")),
                arguments("PS256", rsa, pss("SHA-256", 32)),
                arguments("PS384", rsa, pss("SHA-384", 48)),
                arguments("PS512", rsa, pss("SHA-512", 64)),
                arguments("ES256", keys("EC", "secp256r1"), signer("SHA256withECDSAinP1363Format")),
                arguments("ES384", keys("EC", "secp384r1"), signer("SHA384withECDSAinP1363Format")),
                arguments("ES512", keys("EC", "secp521r1"), signer("SHA512withECDSAinP1363Format")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("algorithms")
    void eachSupportedSignatureAlgorithmIsAccepted(String name, KeyPair keys, TestMetadata.Signer signer)
            throws MetadataException {
        assertThat(verify(new TestMetadata().algorithm(name, keys, signer)).number())
                .isEqualTo(1);
    }

    @Test
    void aCertificateChainThatIncludesItsRootIsAccepted() throws MetadataException {
        TestMetadata rooted = new TestMetadata().authority(TestMetadata.ROOT, TestMetadata.ROOT.certificate());

        assertThat(verify(rooted).number()).isEqualTo(1);
    }

    static Stream<Arguments> notBelieved() throws GeneralSecurityException {
        Instant now = Instant.now();
        TestAuthority stranger = TestAuthority.root("Somebody else");
        KeyPair p384 = keys("EC", "secp384r1");
        return Stream.of(
                refused("another root", new TestMetadata().authority(stranger), "certificates are not trusted"),
                refused(
                        "another root of the same name",
                        new TestMetadata().authority(TestAuthority.root("Root of test metadata")),
                        "certificates are not trusted"),
                refused(
                        "a missing intermediate",
                        new TestMetadata().authority(TestMetadata.ROOT.below("Left out")),
                        "certificates are not trusted"),
                refused(
                        "expired",
                        new TestMetadata().valid(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1))),
                        "certificates are not trusted: validity check failed"),
                refused(
                        "not valid yet",
                        new TestMetadata().valid(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(9))),
                        "certificates are not trusted: validity check failed"),
                refused(
                        "another host",
                        new TestMetadata().host("mds.example.org"),
                        "not signed by mds.fidoalliance.org but by CN=mds.example.org"),
                refused(
                        "a critical member",
                        new TestMetadata().header(h -> h.putArray("crit").add("b64")),
                        "critical"),
                refused("no algorithm", new TestMetadata().header(h -> h.remove("alg")), "not accepted: \"\""),
                refused("SHA-1", new TestMetadata().header(h -> h.put("alg", "RS1")), "not accepted: \"RS1\""),
                refused("a shared secret", new TestMetadata().header(h -> h.put("alg", "HS256")), "not accepted"),
                refused("another hash", new TestMetadata().header(h -> h.put("alg", "RS512")), "signature"),
                refused("another kind of key", new TestMetadata().header(h -> h.put("alg", "ES256")), "signature"),
                refused(
                        "another curve",
                        new TestMetadata().algorithm("ES256", p384, signer("SHA256withECDSAinP1363Format")),
                        "signature"),
                refused("no certificates", new TestMetadata().header(h -> h.putArray("x5c")), "0 certificates"),
                refused(
                        "no certificate",
                        new TestMetadata().header(h -> h.putArray("x5c").add("AAAA")),
                        "something that is no certificate"),
                refused(
                        "not base64",
                        new TestMetadata().header(h -> h.putArray("x5c").add("*")),
                        "something that is no certificate"),
                refused(
                        "the root alone",
                        new TestMetadata().header(h -> h.putArray("x5c")
                                .add(TestMetadata.base64(TestMetadata.ROOT.certificate()))),
                        "no certificate of its own"),
                refused("no number", new TestMetadata().payload(p -> p.remove("no")), "no is missing"),
                refused("no entries", new TestMetadata().payload(p -> p.remove("entries")), "entries is missing"),
                refused(
                        "no next update",
                        new TestMetadata().payload(p -> p.put("nextUpdate", "soon")),
                        "nextUpdate is no date"),
                refused(
                        "only what cannot be read",
                        new TestMetadata().entry(entry -> entry.put("aaguid", "yes")),
                        "none of its 1 entries"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("notBelieved")
    void anUntrustedOrIncompleteBlobIsRefusedWithTheReason(String what, TestMetadata metadata, String why) {
        assertThatExceptionOfType(MetadataException.class)
                .as(what)
                .isThrownBy(() -> verify(metadata))
                .withMessageContaining(why);
    }

    @Test
    void aBlobWithoutAValidSignatureIsRefused() {
        String[] parts = new TestMetadata().sign().split("\\.", -1);
        String other = new TestMetadata().number(2).sign().split("\\.", -1)[1];
        String unsigned = base64Url("{\"alg\":\"none\"}");

        assertRefused(parts[0] + "." + other + "." + parts[2], "signature");
        assertRefused(parts[0] + "." + parts[1] + "." + base64Url("signed"), "signature");
        assertRefused(parts[0] + "." + parts[1] + ".", "signature");
        assertRefused(unsigned + "." + parts[1] + ".", "algorithm is not accepted: \"none\"");
    }

    @Test
    void textThatIsNotASignedBlobIsRefusedWithTheReason() {
        assertRefused("", "no JSON Web Signature");
        assertRefused("<html>Please sign in</html>", "no JSON Web Signature");
        assertRefused("*.*.*", "not base64url");
        assertRefused(base64Url("{") + ".e30.", "header is not JSON");
    }

    @Test
    void whitespaceAroundABlobIsIgnored() throws MetadataException {
        assertThat(MetadataBlob.verify("\n" + new TestMetadata().sign() + "\n", SIGNER, Instant.now())
                        .number())
                .isEqualTo(1);
    }

    @Test
    void aBlobOfARevokedSignerIsRefused() {
        try (MetadataHost authority = new MetadataHost()) {
            TestMetadata metadata =
                    new TestMetadata().authority(TestMetadata.ROOT).revocations(authority.url());
            X509Certificate revoked = metadata.certify();
            authority.answersWith(TestMetadata.ROOT.revoking(revoked));

            assertRefused(metadata.sign(revoked), "certificates are not trusted: Certificate has been revoked");
        }
    }

    @Test
    void aSignerIsAcceptedWhenItsRevocationCannotBeLookedUp() throws MetadataException {
        try (MetadataHost authority = new MetadataHost()) {
            authority.answersWithStatus(404);

            MetadataBlob blob =
                    verify(new TestMetadata().authority(TestMetadata.ROOT).revocations(authority.url()));

            assertThat(blob.number()).isEqualTo(1);
            assertThat(authority.requests()).isPositive();
        }
    }

    @Test
    void unreadableEntriesAreLeftOut() throws MetadataException {
        MetadataBlob blob = verify(new TestMetadata()
                .model(MODEL, VENDOR, "FIDO_CERTIFIED")
                .entry(entry -> entry.put("aaguid", "not a UUID").putArray("statusReports"))
                .payload(payload -> payload.withArray("entries").add("not an object")));

        assertThat(blob.read()).isEqualTo(1);
        assertThat(blob.unreadable()).isEqualTo(2);
        assertThat(blob.entries(model(MODEL))).hasSize(1);
    }

    @Test
    void entriesWithUnknownValuesAreRead() throws MetadataException {
        MetadataBlob blob = verify(new TestMetadata()
                .model(MODEL, VENDOR, "FIDO_CERTIFIED_L9", "FIDO_CERTIFIED_L1")
                .payload(payload -> {
                    ObjectNode entry = (ObjectNode) payload.at("/entries/0");
                    entry.put("added", "later");
                    ((ObjectNode) entry.path("metadataStatement"))
                            .put("schema", "four")
                            .putArray("authenticationAlgorithms")
                            .add("mldsa87_raw");
                }));

        assertThat(blob.unreadable()).isZero();
        assertThat(blob.incomplete()).isEqualTo(1);
        assertThat(blob.entries(model(MODEL))).singleElement().satisfies(entry -> {
            assertThat(entry.anchors()).containsExactly(VENDOR);
            assertThat(entry.level(TODAY)).isEqualTo(CertificationLevel.L1);
        });
    }

    @Test
    void statusReportsAreKeptWhenTheRestOfAnEntryCannotBeRead() throws MetadataException {
        MetadataBlob blob = verify(new TestMetadata().entry(entry -> {
            entry.put("aaguid", MODEL);
            entry.putObject("metadataStatement")
                    .putArray("attestationRootCertificates")
                    .add("AAAA");
            entry.putArray("statusReports")
                    .addObject()
                    .put("status", "REVOKED")
                    .put("effectiveDate", "lately")
                    .put("certificate", "AAAA");
        }));

        assertThat(blob.incomplete()).isEqualTo(1);
        assertThat(blob.entries(model(MODEL))).singleElement().satisfies(entry -> {
            assertThat(entry.anchors()).isEmpty();
            assertThat(entry.isCompromised()).isTrue();
        });
    }

    @Test
    void anEntryWithoutStatusReportsIsRead() throws MetadataException {
        MetadataBlob blob = verify(new TestMetadata().entry(entry -> entry.put("aaguid", MODEL)));

        assertThat(blob.incomplete()).isEqualTo(1);
        assertThat(blob.entries(model(MODEL))).singleElement().satisfies(entry -> {
            assertThat(entry.isCompromised()).isFalse();
            assertThat(entry.level(TODAY)).isEqualTo(CertificationLevel.NOT_CERTIFIED);
        });
    }

    private static MetadataBlob verify(TestMetadata metadata) throws MetadataException {
        return MetadataBlob.verify(metadata.sign(), SIGNER, Instant.now());
    }

    private static void assertRefused(String blob, String why) {
        assertThatExceptionOfType(MetadataException.class)
                .isThrownBy(() -> MetadataBlob.verify(blob, SIGNER, Instant.now()))
                .withMessageContaining(why);
    }

    private static Arguments refused(String what, TestMetadata metadata, String why) {
        return arguments(what, metadata, why);
    }

    private static AuthenticatorModel model(String aaguid) {
        return new AuthenticatorModel(UUID.fromString(aaguid), Optional.empty());
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static TestMetadata.Signer signer(String jdkName) {
        return (key, message) -> sign(Signature.getInstance(jdkName), key, message);
    }

    private static TestMetadata.Signer pss(String hash, int salt) {
        return (key, message) -> {
            Signature signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
            return sign(signature, key, message);
        };
    }

    private static byte[] sign(Signature signature, PrivateKey key, byte[] message) throws GeneralSecurityException {
        signature.initSign(key);
        signature.update(message);
        return signature.sign();
    }

    private static KeyPair keys(String kind, String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        if (curve.isEmpty()) {
            generator.initialize(2048);
        } else {
            generator.initialize(new ECGenParameterSpec(curve));
        }
        return generator.generateKeyPair();
    }
}
