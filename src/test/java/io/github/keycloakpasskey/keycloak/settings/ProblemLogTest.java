package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.Stub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;

class ProblemLogTest {

    private final List<String> lines = new ArrayList<>();
    private final ProblemLog log = new ProblemLog(lines::add);
    private final RealmModel demo = realm("demo");

    @Test
    void aProblemIsLoggedOnce() {
        IntStream.range(0, 3).forEach(page -> log.warn(demo, "setting kind", "x", "invalid"));

        assertThat(lines).containsExactly("realm “demo”, setting kind: invalid");
    }

    @Test
    void theSameProblemOfAnotherRealmOrSettingIsLogged() {
        log.warn(demo, "setting kind", "x", "invalid");
        log.warn(demo, "setting hints", "x", "invalid");
        log.warn(realm("other"), "setting kind", "x", "invalid");

        assertThat(lines)
                .containsExactly(
                        "realm “demo”, setting kind: invalid",
                        "realm “demo”, setting hints: invalid",
                        "realm “other”, setting kind: invalid");
    }

    /** A long value may differ only behind the part that is shown. */
    @Test
    void aChangedValueIsLoggedAgain() {
        log.warn(demo, "setting kind", "x".repeat(100) + "1", "invalid");
        log.warn(demo, "setting kind", "x".repeat(100) + "2", "invalid");

        assertThat(lines).hasSize(2);
    }

    @Test
    void theNameOfARealmCannotForgeALine() {
        log.warn(realm("demo\nWARN realm other"), "setting kind", "x", "invalid");

        assertThat(lines).containsExactly("realm “demo\\u{a}WARN realm other”, setting kind: invalid");
    }

    @Test
    void onlySoManyWarningsAreRemembered() {
        IntStream.rangeClosed(0, ProblemLog.CAPACITY)
                .forEach(value -> log.warn(demo, "setting kind", String.valueOf(value), "invalid"));
        lines.clear();

        log.warn(demo, "setting kind", "1", "invalid");
        assertThat(lines).as("the second oldest").isEmpty();
        log.warn(demo, "setting kind", "0", "invalid");
        assertThat(lines).as("the oldest").hasSize(1);
    }

    /** Otherwise someone who can change one setting could make the warnings of all others appear again and again. */
    @Test
    void aProblemThatOccursAgainIsRememberedLonger() {
        log.warn(demo, "setting hints", "x", "invalid");
        for (int value = 0; value < 2 * ProblemLog.CAPACITY; value++) {
            log.warn(demo, "setting kind", String.valueOf(value), "invalid");
            log.warn(demo, "setting hints", "x", "invalid");
        }

        assertThat(lines).filteredOn(line -> line.contains("hints")).hasSize(1);
    }

    private static RealmModel realm(String name) {
        return Stub.of(RealmModel.class, Map.of("getId", arguments -> "id of " + name, "getName", arguments -> name));
    }
}
