package io.github.keycloakpasskey.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourcesTest {

    private final List<String> ended = new ArrayList<>();
    private final Resources resources = new Resources();

    @Test
    void everyResourceIsClosedEvenIfAnotherFailsToClose() {
        resources.add("first", ended::add);
        resources.add("second", this::failToEnd);
        resources.add("third", ended::add);
        resources.add("fourth", this::failToEnd);

        assertThatThrownBy(resources::close).hasMessage("fourth").satisfies(failure -> assertThat(
                        failure.getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("second"));

        assertThat(ended).containsExactly("third", "first");
    }

    @Test
    void theFirstFailureIsKeptWhenClosingFails() {
        resources.add("first", this::failToEnd);
        IllegalStateException failure = new IllegalStateException("The start failed");

        resources.closeAfter(failure);

        assertThat(failure.getSuppressed()).extracting(Throwable::getMessage).containsExactly("first");
    }

    private void failToEnd(String resource) {
        throw new IllegalStateException(resource);
    }
}
