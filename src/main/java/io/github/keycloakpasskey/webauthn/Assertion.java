package io.github.keycloakpasskey.webauthn;

import java.util.Optional;

/**
 * What a verified sign-in says, for the credential record to be brought up to date (§7.2 step 24).
 *
 * @param signCount the authenticator's signature counter, 0 where it has none. Whether it grew is not
 *     decided here: that needs the stored row under a lock
 * @param userVerified whether the authenticator checked who is there
 * @param backupEligible whether the passkey can be synced to other devices
 * @param backedUp whether the passkey is synced now
 */
public record Assertion(long signCount, boolean userVerified, boolean backupEligible, boolean backedUp) {

    /**
     * Whether the backup eligibility is another one than before (§7.2 step 19).
     *
     * @param stored the backup eligibility of the stored record; empty if it is not known yet
     */
    public boolean changesBackupEligibility(Optional<Boolean> stored) {
        return stored.filter(eligible -> eligible != backupEligible).isPresent();
    }

    /**
     * Whether the counter shows that this may be a copy of the key (§6.1.1, §7.2 step 22). Zero on
     * both sides means that the authenticator does not count.
     *
     * @param storedSignCount the counter of the last sign-in that was accepted
     */
    public boolean suggestsClone(long storedSignCount) {
        return (signCount != 0 || storedSignCount != 0) && signCount <= storedSignCount;
    }
}
