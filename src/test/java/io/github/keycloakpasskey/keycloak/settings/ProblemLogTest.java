package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Stub;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;

class ProblemLogTest {

    private final List<String> lines = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final ProblemLog log = new ProblemLog(lines::add, clock());
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

    /** A realm's administrator could otherwise fill the log of a server that other realms share. */
    @Test
    @Shows(Threat.FORGED_LOG)
    void aRealmWhoseSettingsChangeAllTheTimeGetsOnlySoManyLinesAnHour() {
        IntStream.range(0, 10_000).forEach(value -> log.warn(demo, "setting kind", value, "invalid"));
        log.warn(realm("other"), "setting kind", "x", "invalid");

        assertThat(lines).hasSize(ProblemLog.MAX_PER_REALM + 2);
        assertThat(lines.get(ProblemLog.MAX_PER_REALM))
                .isEqualTo("realm “demo”: more than 100 problems of settings within an hour; no more are logged until"
                        + " the hour is over");
        assertThat(lines).last().isEqualTo("realm “other”, setting kind: invalid");
    }

    @Test
    void aProblemThatWasOneTooManyIsLoggedInTheNextHour() {
        IntStream.range(0, 200).forEach(value -> log.warn(demo, "setting kind", value, "invalid"));
        lines.clear();

        now = now.plus(Duration.ofMinutes(59));
        log.warn(demo, "setting kind", 150, "invalid");
        assertThat(lines).isEmpty();
        now = now.plus(Duration.ofMinutes(1));
        log.warn(demo, "setting kind", 150, "invalid");
        log.warn(demo, "setting kind", 0, "invalid");
        assertThat(lines).as("the first hour has logged 0").hasSize(1);
    }

    @Test
    void onlySoManyWarningsAreRemembered() {
        for (int value = 0; value <= ProblemLog.CAPACITY; value++) {
            log.warn(realm("realm " + value), "setting kind", "x", "invalid");
        }
        lines.clear();

        log.warn(realm("realm 1"), "setting kind", "x", "invalid");
        assertThat(lines).as("the second oldest").isEmpty();
        log.warn(realm("realm 0"), "setting kind", "x", "invalid");
        assertThat(lines).as("the oldest").hasSize(1);
    }

    /** Otherwise someone who can change one setting could make the warnings of all others appear again and again. */
    @Test
    void aProblemThatOccursAgainIsRememberedLonger() {
        log.warn(demo, "setting hints", "x", "invalid");
        for (int value = 0; value < 2 * ProblemLog.CAPACITY; value++) {
            log.warn(realm("realm " + value), "setting kind", "x", "invalid");
            log.warn(demo, "setting hints", "x", "invalid");
        }

        assertThat(lines).filteredOn(line -> line.contains("hints")).hasSize(1);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    private static RealmModel realm(String name) {
        return Stub.of(RealmModel.class, Map.of("getId", arguments -> "id of " + name, "getName", arguments -> name));
    }
}
