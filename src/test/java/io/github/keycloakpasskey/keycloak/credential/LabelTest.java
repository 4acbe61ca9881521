package io.github.keycloakpasskey.keycloak.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTest {

    @Test
    void anUnusedLabelIsKept() {
        assertThat(Label.unique("Phone", List.of("Laptop"))).isEqualTo("Phone");
    }

    @Test
    void aLabelIsTrimmed() {
        assertThat(Label.unique("  Phone\t", List.of())).isEqualTo("Phone");
    }

    @Test
    void controlCharactersInALabelAreReplaced() {
        assertThat(Label.unique("\0My\nphone\0", List.of())).isEqualTo("My phone");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0xad, 0x34f, 0x61c, 0x115f, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c,
                0x202d, 0x202e, 0x2060, 0x2061, 0x2066, 0x2067, 0x2068, 0x2069, 0x206a, 0x2800, 0x3164, 0xd800, 0xdc00,
                0xe000, 0xfe00, 0xfe0e, 0xfe0f, 0xfeff, 0xffa0, 0x180b, 0x180f, 0x2065, 0x16fe4, 0xe0100, 0xe01ef,
                0xfff9, 0xfffe, 0x1d173, 0xe0001, 0xe0061, 0xf0000
            })
    void anInvisibleCharacterIsRemoved(int character) {
        String invisible = Character.toString(character);

        assertThat(Label.clean("Pho" + invisible + "ne")).isEqualTo("Phone");
        assertThat(Label.clean(invisible + "Phone" + invisible + invisible)).isEqualTo("Phone");
        assertThat(Label.clean(invisible)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00a0", "\u2007", "\u202f", "\u3000", "\u2028", "\u2029", "\u0085", "\n", "\u001b"})
    void aLineOrControlCharacterBecomesABlank(String separator) {
        assertThat(Label.clean("My" + separator + "phone")).isEqualTo("My phone");
    }

    /** The order of what is shown is the order of what is stored. */
    @Test
    @Shows(Threat.MISLEADING_LABEL)
    void aLabelCannotBeShownBackwards() {
        assertThat(Label.clean("\u202eyeKibuY\u202c")).isEqualTo("yeKibuY");
        assertThat(Label.clean("\u2067Work\u2069 key")).isEqualTo("Work key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zürich 東京 قاهرة मेरा फ़ोन",
                "خانه\u200cام", // Persian: "my house"
                "क्\u200dष", // Hindi: a half letter
                "\u0dc1\u0dca\u200d\u0dbb\u0dd3", // Sinhala: "sri"
                "👩\u200d💻", // a woman at a computer
                "👩🏽\u200d🚀 🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥",
                "👨\u200d👩\u200d👧\u200d👦",
                "🏴\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f", // Scotland
                "👨\u200d⚕\ufe0f ♀ 1\ufe0f\u20e3",
                "葛\udb40\udd00城", // Katsuragi, whose first character has another form
                "ᠭ\u180b" // a Mongolian letter in its second form
            })
    void whatALanguageOrAnEmojiNeedsStays(String label) {
        assertThat(Label.clean(label)).isEqualTo(label);
    }

    @Test
    void aJoinerStaysOnlyBetweenTwoThatItJoins() {
        assertThat(Label.clean("خانه\u200c")).isEqualTo("خانه");
        assertThat(Label.clean("خانه\u200c\u200cام")).isEqualTo("خانهام");
        assertThat(Label.clean("👩\u200d👩\u200d")).isEqualTo("👩\u200d👩");
        assertThat(Label.clean("Key\u200d1")).isEqualTo("Key1");
    }

    @Test
    @Shows(Threat.MISLEADING_LABEL)
    void aLabelThatLooksLikeAnotherGetsANumber() {
        assertThat(Label.unique("Pho\u200bne", List.of("Phone"))).isEqualTo("Phone (2)");
        assertThat(Label.unique("Phone", List.of("Ph\u2060one"))).isEqualTo("Phone (2)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pho\u00a0\u00a0ne", "Pho  ne", "Pho ne\ufe0f"})
    @Shows(Threat.MISLEADING_LABEL)
    void aLabelWithMoreBlanksOrSelectorsGetsANumber(String label) {
        assertThat(Label.unique(label, List.of("Pho ne"))).endsWith(" (2)");
    }

    @Test
    @Shows(Threat.MISLEADING_LABEL)
    void aLabelThatIsComposedInAnotherWayGetsANumber() {
        assertThat(Label.unique("Zu\u0308rich", List.of("Z\u00fcrich"))).endsWith(" (2)");
    }

    @Test
    void aLabelInUseGetsANumber() {
        assertThat(Label.unique("phone", List.of(" Phone "))).isEqualTo("phone (2)");
        assertThat(Label.unique("Phone", List.of("Phone", "PHONE (2)"))).isEqualTo("Phone (3)");
    }

    @Test
    void labelsAreComparedAsKeycloakComparesThem() {
        assertThat(Label.unique("iş bilgisayarı", List.of("İş bilgisayarı"))).isEqualTo("iş bilgisayarı (2)");
        assertThat(Label.unique("ıphone", List.of("IPHONE"))).isEqualTo("ıphone (2)");
    }

    @Test
    void aNumberedLabelFitsTheColumn() {
        String long255 = "x".repeat(255);

        assertThat(Label.unique(long255 + "y", List.of())).isEqualTo(long255);
        assertThat(Label.unique(long255, List.of(long255))).isEqualTo("x".repeat(251) + " (2)");
    }

    @Test
    void aLabelIsNeverCutInsideACharacter() {
        assertThat(Label.unique("x".repeat(254) + "🔑", List.of())).isEqualTo("x".repeat(254));
    }
}
