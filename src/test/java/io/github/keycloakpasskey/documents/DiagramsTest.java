package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each diagram of {@code docs/diagrams} has an up-to-date picture beside it. */
class DiagramsTest {

    private static final String UPDATE = "diagrams.update";
    private static final String HOW = "look at what mvn test -Dtest=DiagramsTest -D" + UPDATE + " draws, and commit it";

    static List<Diagram> diagrams() {
        return Diagram.all();
    }

    /** Draws only outdated pictures, because sizes differ slightly between machines. */
    @BeforeAll
    static void draw() throws IOException {
        if (System.getProperty(UPDATE) != null) {
            for (Diagram diagram : diagrams()) {
                if (!diagram.picture().toFile().exists() || !isCurrent(diagram)) {
                    diagram.draw().write(diagram.picture());
                }
            }
        }
    }

    private static boolean isCurrent(Diagram diagram) throws IOException {
        return content(diagram).equals(diagram.draw().content());
    }

    private static List<String> content(Diagram diagram) throws IOException {
        return DiagramPicture.read(diagram.picture()).content();
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everyPictureIsUpToDate(Diagram diagram) throws IOException {
        List<String> drawn = diagram.draw().content();

        assertThat(diagram.picture()).as(HOW).exists();
        assertThat(content(diagram)).as(HOW).isEqualTo(drawn);
    }

    @Test
    void everyPictureBelongsToADiagram() {
        assertThat(Diagram.filesEndingIn(".svg"))
                .as(HOW)
                .isEqualTo(diagrams().stream().map(Diagram::picture).toList());
    }

    @ParameterizedTest
    @MethodSource("diagrams")
    void everyDiagramUsesTheCommonStyleAndTheNameOfItsFile(Diagram diagram) {
        String name = diagram.toString().replace(".puml", "");

        assertThat(diagram.source()).startsWith("@startuml " + name + "\n!include style.iuml\n");
    }

    /** The picture itself must change, not only the source that is stored in it. */
    @ParameterizedTest
    @CsvSource({
        "ceremony-sign-in, user -> browser : starts, browser -> user : starts",
        "ceremony-sign-in, Web Server, Web server",
        "ceremony-sign-in, server -> database : fetches the passkey, server --> database : fetches the passkey",
        "relational-model, users ||--o{ webauthn_credentials, webauthn_credentials ||--o{ users",
        "packages, #DDE9FB, #DDE9FC",
    })
    void aChangeInADiagramChangesItsPicture(String name, String what, String instead) throws IOException {
        Diagram diagram = Diagram.named(name);

        assertThat(diagram.with(what, instead).draw().shown())
                .isNotEqualTo(DiagramPicture.read(diagram.picture()).shown());
    }

    @Test
    void aChangeThatDrawsNothingIsNoticedInTheSource() throws IOException {
        Diagram diagram = Diagram.named("two-nodes");

        assertThat(diagram.with("@enduml", "' draws nothing\n@enduml").draw().content())
                .isNotEqualTo(content(diagram));
    }

    @Test
    void aDiagramThatCannotBeDrawnIsRejected() {
        Diagram broken = Diagram.named("ceremony-sign-in").with("participant Authenticator", "participant");

        assertThatIllegalStateException().isThrownBy(broken::draw);
    }
}
