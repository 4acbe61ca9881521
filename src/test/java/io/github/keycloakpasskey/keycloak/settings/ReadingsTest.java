package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingsTest {

    private final List<String> read = new ArrayList<>();
    private final Readings<String, Integer> lengths = new Readings<>(
            text -> {
                read.add(text);
                return text.length();
            },
            String::length);

    @Test
    void aTextIsReadOnce() {
        assertThat(lengths.of("seven")).isEqualTo(5);
        assertThat(lengths.of("seven")).isEqualTo(5);

        assertThat(read).containsExactly("seven");
    }

    @Test
    void theLengthOfAllTextsThatAreKeptIsBounded() {
        String half = "x".repeat(Readings.MAX_LENGTH / 2);
        lengths.of(half);
        lengths.of(half + "y");
        read.clear();

        lengths.of(half + "y");
        lengths.of(half);

        assertThat(read).containsExactly(half);
    }

    @Test
    void aTextThatIsTooLongToBeKeptIsReadEachTime() {
        String text = "x".repeat(Readings.MAX_LENGTH + 1);

        lengths.of(text);
        lengths.of(text);

        assertThat(read).hasSize(2);
    }

    @Test
    void theNumberOfTextsThatAreKeptIsBounded() {
        for (int number = 0; number <= Readings.CAPACITY; number++) {
            lengths.of("text " + number);
        }
        read.clear();

        lengths.of("text 0");
        lengths.of("text " + Readings.CAPACITY);

        assertThat(read).containsExactly("text 0");
    }
}
