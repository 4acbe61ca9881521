package io.github.keycloakpasskey.keycloak.credential;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a change of many passkeys has done.
 *
 * @param found how many passkeys were found
 * @param changed how many of them were changed, or would be
 * @param skippedTotal how many of them cannot be changed
 * @param skipped the first {@value #MOST_LISTED} of those
 */
public record BulkResult(long found, long changed, long skippedTotal, List<Skipped> skipped) {

    static final int MOST_LISTED = 100;

    /** Nothing was found. */
    public static final BulkResult NOTHING = new BulkResult(0, 0, 0, List.of());

    static final BulkResult ONE_CHANGED = new BulkResult(1, 1, 0, List.of());

    public BulkResult {
        skipped = skipped.stream().limit(MOST_LISTED).toList();
    }

    static BulkResult oneSkipped(String id, String reason) {
        return new BulkResult(1, 0, 1, List.of(new Skipped(id, reason)));
    }

    /** Both together. */
    public BulkResult plus(BulkResult other) {
        return new BulkResult(
                found + other.found,
                changed + other.changed,
                skippedTotal + other.skippedTotal,
                Stream.concat(skipped.stream(), other.skipped.stream()).toList());
    }

    /**
     * A passkey that was not changed.
     *
     * @param id the id of its row
     * @param reason why, as a code
     */
    public record Skipped(String id, String reason) {}
}
