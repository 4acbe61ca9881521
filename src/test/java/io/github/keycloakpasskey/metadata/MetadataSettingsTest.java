package io.github.keycloakpasskey.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.keycloakpasskey.testbed.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of the metadata service, and the messages for invalid values. */
class MetadataSettingsTest {

    private static final String LOCATION = "https://mds3.fidoalliance.org/";

    @TempDir
    Path directory;

    @Test
    void onlyTheFidoAllianceIsTrustedByDefault() throws GeneralSecurityException {
        BlobSigner signer = settings(Optional.empty(), Optional.empty()).blobSigner();

        assertThat(signer.host()).isEqualTo("mds.fidoalliance.org");
        X509Certificate root = signer.roots().iterator().next();
        assertThat(signer.roots()).hasSize(1);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(root.getEncoded())))
                .isEqualTo("cbb522d7b7f127ad6a0113865bdf1cd4102e7d0759af635a7cf4720dc963c53b");
    }

    @Test
    void otherRootsAndAnotherSignerCanBeConfigured() throws IOException {
        TestAuthority one = TestAuthority.root("One");
        TestAuthority other = TestAuthority.root("Other");
        Path roots = one.writePem(directory.resolve("roots.pem"));
        Files.writeString(
                roots, Files.readString(roots) + Files.readString(other.writePem(directory.resolve("other.pem"))));

        BlobSigner signer = settings(Optional.of(roots.toString()), Optional.of("mds.example.org"))
                .blobSigner();

        assertThat(signer.host()).isEqualTo("mds.example.org");
        assertThat(signer.roots()).containsExactlyInAnyOrder(one.certificate(), other.certificate());
    }

    @Test
    void anInvalidFileOfRootsIsRefusedWithTheReason() throws IOException {
        Path missing = directory.resolve("missing.pem");
        Path empty = Files.createFile(directory.resolve("empty.pem"));
        Path text = Files.writeString(
                directory.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Optional.of(missing.toString()), Optional.empty()))
                .withMessage(missing + " cannot be read");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Optional.of(empty.toString()), Optional.empty()))
                .withMessage(empty + " has no certificate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Optional.of(text.toString()), Optional.empty()))
                .withMessage(text + " has something that is no certificate in PEM");
    }

    @Test
    void anInvalidLocationOrCacheIsRefusedWithTheReason() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetadataSettings(" ", Optional.empty(), Optional.empty(), Optional.empty()))
                .withMessageContaining("none is named");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetadataSettings(
                        "http://mds.example.org/", Optional.empty(), Optional.empty(), Optional.empty()))
                .withMessage("http://mds.example.org/ has to begin with https:");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MetadataSettings(LOCATION, Optional.empty(), Optional.empty(), Optional.of("\0")))
                .withMessageContaining("is no path of a file");
    }

    @Test
    void certificationLevelsAreReadByTheirCodes() {
        assertThat(Arrays.stream(CertificationLevel.values()).map(level -> CertificationLevel.ofCode(level.code())))
                .containsExactly(CertificationLevel.values());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CertificationLevel.ofCode("L4"))
                .withMessage("\"L4\" is no certification level; these are: listed, functional, L1, L1plus, L2, L2plus,"
                        + " L3, L3plus");
    }

    private static MetadataSettings settings(Optional<String> roots, Optional<String> signer) {
        return new MetadataSettings(LOCATION, roots, signer, Optional.empty());
    }
}
