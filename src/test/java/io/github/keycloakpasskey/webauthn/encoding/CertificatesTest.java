package io.github.keycloakpasskey.webauthn.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Pem;
import io.github.keycloakpasskey.testbed.TestCertificateAuthority;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Shows(Threat.HOSTILE_INPUT)
class CertificatesTest {

    private static final X509Certificate ONE =
            TestCertificateAuthority.root("One").certificate();
    private static final X509Certificate OTHER =
            TestCertificateAuthority.root("Other").certificate();

    private static final Bytes ZERO = Bytes.of(new byte[1]);

    @Test
    void readsOneDerCertificate() throws Exception {
        assertThat(Certificates.ofDer(der(ONE))).isEqualTo(ONE);
    }

    @Test
    void bytesAfterACertificateOfAnAuthenticatorAreMalformed() throws Exception {
        Bytes longer = der(ONE).concat(ZERO);

        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Certificates.ofDer(longer));
        assertThat(Certificates.firstOfDer(longer)).isEqualTo(ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "3000", "30820100", "3080"})
    void bytesThatAreNotACertificateAreMalformed(String hex) {
        Bytes bytes = Bytes.of(HexFormat.of().parseHex(hex));

        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Certificates.ofDer(bytes));
        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Certificates.firstOfDer(bytes));
    }

    @Test
    void readsTheCertificatesOfPemTextInItsOrder() throws Exception {
        String text = "the vendor's:\n" + Pem.of(ONE) + "\nand another: " + Pem.of(OTHER);

        assertThat(Certificates.ofPem(text)).containsExactly(ONE, OTHER);
        assertThat(Certificates.ofPem(text.replace("\n", ""))).containsExactly(ONE, OTHER);
        assertThat(Certificates.ofFile(
                        new ByteArrayInputStream((Pem.of(ONE) + Pem.of(OTHER)).getBytes(StandardCharsets.UTF_8))))
                .containsExactly(ONE, OTHER);
    }

    @Test
    void textWithoutPemHasNoCertificates() throws Exception {
        assertThat(Certificates.ofPem("no certificate")).isEmpty();
        assertThat(Certificates.ofFile(new ByteArrayInputStream(new byte[0]))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "A", "not base64"})
    void aPemBlockThatIsNotACertificateIsMalformed(String content) {
        String text = "-----BEGIN CERTIFICATE-----" + content + "-----END CERTIFICATE-----";

        assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Certificates.ofPem(text));
    }

    private static Bytes der(X509Certificate certificate) throws CertificateEncodingException {
        return Bytes.of(certificate.getEncoded());
    }
}
