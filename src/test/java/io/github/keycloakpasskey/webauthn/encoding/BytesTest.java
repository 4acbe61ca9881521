package io.github.keycloakpasskey.webauthn.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class BytesTest {

    @Test
    void isNotChangedByItsMakerOrItsReader() {
        byte[] source = {1, 2, 3};
        Bytes bytes = Bytes.of(source);

        source[0] = 9;
        bytes.toByteArray()[1] = 9;

        assertThat(bytes).isEqualTo(Bytes.of(new byte[] {1, 2, 3}));
    }

    @Test
    void isWrittenInBase64UrlWithoutPadding() {
        Bytes bytes = Bytes.of(new byte[] {(byte) 0xfb, (byte) 0xff});

        assertThat(bytes).hasToString("-_8");
        assertThat(Bytes.ofBase64Url("-_8")).isEqualTo(bytes).hasSameHashCodeAs(bytes);
        assertThatIllegalArgumentException().isThrownBy(() -> Bytes.ofBase64Url("+/8"));
    }

    @Test
    void isReadFromStandardBase64WhereThatIsAskedFor() {
        Bytes bytes = Bytes.of(new byte[] {(byte) 0xfb, (byte) 0xff});

        assertThat(List.of("-_8", "-_8=", "+/8", "+/8=")).map(Bytes::ofBase64).containsOnly(bytes);
        assertThatIllegalArgumentException().isThrownBy(() -> Bytes.ofBase64("+/8=="));
        assertThatIllegalArgumentException().isThrownBy(() -> Bytes.ofBase64("+/\n8"));
    }

    @Test
    void isCutOnlyWhereItIs() {
        Bytes bytes = Bytes.of(new byte[] {1, 2, 3});

        assertThat(bytes.slice(1, 3)).isEqualTo(Bytes.of(new byte[] {2, 3}));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> bytes.slice(1, 4));
    }
}
