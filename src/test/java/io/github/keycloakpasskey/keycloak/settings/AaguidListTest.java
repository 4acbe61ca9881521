package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Shows(Threat.VAIN_RULE)
class AaguidListTest {

    private static final UUID MODEL = UUID.fromString("0bb43545-fd2c-4185-87dd-feb0b2916ace");
    private static final UUID NO_MODEL_NAMED = new UUID(0, 0);

    @Test
    void anAaguidMayBeWrittenInUpperCase() {
        String upperCase = MODEL.toString().toUpperCase(Locale.ROOT);

        assertThat(AaguidList.parse(upperCase)).containsExactly(MODEL);
        assertThat(AaguidList.allowed(List.of(upperCase))).containsExactly(MODEL);
        assertThat(AaguidList.found(upperCase)).containsExactly(MODEL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yubikey", "1-1-1-1-1", "0bb43545fd2c418587ddfeb0b2916ace", "{}"})
    void anotherTextIsNoAaguid(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AaguidList.parse(MODEL + " " + text))
                .withMessageStartingWith("“" + text + "” is no AAGUID");
    }

    /** An empty list would allow every model, and all zeros would allow authenticators that name none. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "yubikey", "1-1-1-1-1", " 0bb43545-fd2c-4185-87dd-feb0b2916ace"})
    void anInvalidEntryOfAllowedModelsAllowsNoModel(String entry) {
        assertThat(AaguidList.allowed(List.of(entry))).hasSize(1).doesNotContain(MODEL, NO_MODEL_NAMED);
        assertThat(AaguidList.allowed(List.of(entry, MODEL.toString())))
                .hasSize(2)
                .contains(MODEL);
    }

    @Test
    void everyModelIsAllowedByAListWithoutEntries() {
        assertThat(AaguidList.allowed(List.of())).isEmpty();
        assertThat(AaguidList.parse("")).isEmpty();
    }

    @Test
    void deniedModelsAreFoundInAnyText() {
        assertThat(AaguidList.found("not {" + MODEL + "}; nor yubikey")).containsExactly(MODEL);
    }
}
