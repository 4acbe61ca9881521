package io.github.keycloakpasskey.keycloak.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
