package io.github.keycloakpasskey.metadata;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * When to ask for newer metadata: each day, and when they announce newer ones (MDS §3.2 step 2), but not
 * more than once an hour. After a failure, sooner: after a minute, then two, and so on up to an hour.
 */
final class RefreshTimes {

    private static final Duration AT_MOST = Duration.ofDays(1);
    private static final Duration AT_LEAST = Duration.ofHours(1);
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);

    private Duration nextRetry = FIRST_RETRY;

    Duration afterSuccess(MetadataBlob newest, Instant now) {
        nextRetry = FIRST_RETRY;
        Instant announced = newest.nextUpdate().atStartOfDay(ZoneOffset.UTC).toInstant();
        return longer(AT_LEAST, shorter(AT_MOST, Duration.between(now, announced)));
    }

    Duration afterFailure() {
        Duration delay = nextRetry;
        nextRetry = shorter(AT_LEAST, delay.multipliedBy(2));
        return delay;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
