package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which differences between two ceremonies make a documented ceremony out of date. */
class CeremonyShapeTest {

    private static final int FLAGS = 32;
    private static final int BACKED_UP = 0x18;

    private Recording recording;

    @BeforeEach
    void read() throws IOException {
        recording = Recording.read(Recording.FILE);
    }

    @Test
    void randomValuesDoNotChangeTheShape() throws IOException {
        String challenge = Bytes.of(new byte[32]).toBase64Url();

        assertThat(withSignIn("/options/challenge", challenge)).isEqualTo(CeremonyShape.of(recording));
        assertThat(withSignIn("/posted/id", challenge)).isEqualTo(CeremonyShape.of(recording));
    }

    @Test
    void theSizeOfARandomValueChangesTheShape() throws IOException {
        assertThat(withSignIn("/options/challenge", "AAAA")).isNotEqualTo(CeremonyShape.of(recording));
    }

    @Test
    void aDifferentFixedValueChangesTheShape() throws IOException {
        assertThat(withSignIn("/options/userVerification", "preferred")).isNotEqualTo(CeremonyShape.of(recording));
    }

    @Test
    void anAdditionalMemberChangesTheShape() throws IOException {
        assertThat(withSignIn("/posted/response/hint", "hybrid")).isNotEqualTo(CeremonyShape.of(recording));
    }

    @Test
    void aDifferentFlagChangesTheShape() throws IOException {
        byte[] data = recording.signIn().authenticatorData().toByteArray();
        data[FLAGS] |= BACKED_UP;

        assertThat(withSignIn(
                        "/posted/response/authenticatorData", Bytes.of(data).toBase64Url()))
                .isNotEqualTo(CeremonyShape.of(recording));
    }

    private String withSignIn(String pointer, String value) throws IOException {
        Exchange signIn = recording.signIn();
        ObjectNode changed = JsonNodeFactory.instance.objectNode();
        changed.set("options", signIn.options().deepCopy());
        changed.set("posted", signIn.posted().deepCopy());
        changed.set("stored", signIn.stored());
        JsonPointer place = JsonPointer.compile(pointer);
        ((ObjectNode) changed.at(place.head())).put(place.last().getMatchingProperty(), value);
        return CeremonyShape.of(new Recording(
                recording.at(),
                recording.with(),
                recording.origin(),
                recording.registration(),
                Exchange.read(changed)));
    }
}
