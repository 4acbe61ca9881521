package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "refuse", "30 days", "Zürich 東京 قاهرة", "\"it's\"", "😀"})
    void plainTextIsOnlyPutInQuotationMarks(String text) {
        assertThat(ForeignText.quoted(text)).isEqualTo("“" + text + "”");
    }

    @ParameterizedTest
    @CsvSource({
        "0a, line feed",
        "0d, carriage return",
        "1b, escape",
        "00, NUL",
        "85, next line",
        "ad, soft hyphen",
        "200b, zero-width space",
        "200f, right-to-left mark",
        "202e, right-to-left override",
        "2066, left-to-right isolate",
        "2028, line separator",
        "2029, paragraph separator",
        "feff, byte order mark",
        "e000, private use",
        "d800, half of a surrogate pair",
        "e0001, language tag"
    })
    void anInvisibleCharacterIsEscaped(String hex, String name) {
        String character = Character.toString(Integer.parseInt(hex, 16));

        assertThat(ForeignText.quoted("a" + character + "b"))
                .as(name)
                .isEqualTo("“a\\u{" + Integer.toHexString(Integer.parseInt(hex, 16)) + "}b”");
    }

    @Test
    void theTextCannotEndItsOwnQuotationOrImitateAnEscape() {
        assertThat(ForeignText.quoted("a” is “b")).isEqualTo("“a\\u{201d} is \\u{201c}b”");
        assertThat(ForeignText.quoted("\\u{a}")).isEqualTo("“\\\\u{a}”");
    }

    @Test
    void aLongTextIsCut() {
        assertThat(ForeignText.quoted("x".repeat(80))).isEqualTo("“" + "x".repeat(80) + "”");
        assertThat(ForeignText.quoted("x".repeat(81))).isEqualTo("“" + "x".repeat(79) + "…”");
        assertThat(ForeignText.quoted("\n".repeat(50_000)))
                .hasSizeLessThanOrEqualTo(82)
                .endsWith("\\u{a}…”");
    }

    @Test
    void aCutTextEndsWithAWholeCharacter() {
        assertThat(ForeignText.quoted("x".repeat(78) + "😀😀")).isEqualTo("“" + "x".repeat(78) + "…”");
    }

    /** The table of events cannot store them on MySQL and MariaDB. */
    @Test
    void inAnEventCharactersAboveTheBasicPlaneAreEscaped() {
        assertThat(ForeignText.inEvent("📱 Télé 東京 \"x\"")).isEqualTo("\\u{1f4f1} Télé 東京 \"x\"");
    }
}
