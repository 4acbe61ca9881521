package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import io.github.keycloakpasskey.webauthn.Assertion;
import io.github.keycloakpasskey.webauthn.BackupEligibilityPolicy;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.SignCountPolicy;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;

/**
 * What a sign-in changes in the stored record (§7.2 steps 19, 22 and 24). A record of a built-in type keeps its counter alone.
 *
 * <p>Every write evicts the user from the caches of all nodes, so a sign-in that changes nothing writes nothing: the
 * last use and the last user verification are stored to a precision. The counter of an authenticator that counts is
 * compared with the row itself, under a lock, so that a value that was used before is noticed on any node.
 */
final class SignInUpdate {

    private final String realmId;
    private final CredentialRows rows;
    private final Clock clock;
    private final Duration lastUsedPrecision;

    SignInUpdate(String realmId, CredentialRows rows, Clock clock, Duration lastUsedPrecision) {
        this.realmId = realmId;
        this.rows = rows;
        this.clock = clock;
        this.lastUsedPrecision = lastUsedPrecision;
    }

    /** Decides on the counter and the backup eligibility, and stores what has changed. */
    Verdict<SignInResult, FailureReason> apply(Passkey passkey, Assertion assertion, SignInAttempt attempt) {
        if (!changes(passkey.type(), passkey.record(), assertion)) {
            return Verdict.accepted(new SignInResult(assertion.userVerified(), assertion.backedUp(), false, false));
        }
        return rows.lockNow(realmId, passkey)
                .map(current -> decide(passkey, current, assertion, attempt))
                .orElseGet(() -> Verdict.refused(FailureReason.CREDENTIAL_UNKNOWN));
    }

    private Verdict<SignInResult, FailureReason> decide(
            Passkey passkey, CredentialRows.Locked current, Assertion assertion, SignInAttempt attempt) {
        PasskeyRecord stored = current.record();
        if (refusesBackupEligibility(stored, assertion, attempt)) {
            return Verdict.refused(FailureReason.BACKUP_ELIGIBILITY_CHANGED);
        }
        if (assertion.suggestsClone(stored.credential().signCount())) {
            return suspect(passkey, current, assertion, attempt.signCount());
        }
        if (changes(current.type(), stored, assertion)) {
            write(passkey, current, stored.used(assertion.signCount(), assertion, clock.instant()));
        }
        return Verdict.accepted(result(stored, assertion, false));
    }

    /** Another sign-in may just have been the first that showed it. */
    private static boolean refusesBackupEligibility(PasskeyRecord stored, Assertion assertion, SignInAttempt attempt) {
        return assertion.changesBackupEligibility(stored.credential().backupEligible())
                && attempt.relyingParty().policy().backupEligibility() == BackupEligibilityPolicy.REFUSE;
    }

    /** The counter is not changed, so that a further use of the copy is noticed too. */
    private Verdict<SignInResult, FailureReason> suspect(
            Passkey passkey, CredentialRows.Locked current, Assertion assertion, SignCountPolicy signCount) {
        PasskeyRecord stored = current.record();
        PasskeyRecord suspected = stored.suspectedOfClone(clock.instant());
        if (signCount == SignCountPolicy.REFUSE) {
            if (stored.cloneSuspected().isEmpty() && !current.type().isBuiltIn()) {
                write(passkey, current, suspected);
            }
            return Verdict.refused(FailureReason.SIGN_COUNT_NOT_INCREASED);
        }
        write(passkey, current, suspected.used(stored.credential().signCount(), assertion, clock.instant()));
        return Verdict.accepted(result(stored, assertion, true));
    }

    private static SignInResult result(PasskeyRecord stored, Assertion assertion, boolean cloneSuspected) {
        return new SignInResult(
                assertion.userVerified(),
                assertion.backedUp(),
                cloneSuspected,
                assertion.changesBackupEligibility(stored.credential().backupEligible()));
    }

    private boolean changes(PasskeyType type, PasskeyRecord record, Assertion assertion) {
        boolean counts = assertion.signCount() != 0 || record.credential().signCount() != 0;
        return counts || (!type.isBuiltIn() && changes(record, assertion));
    }

    private boolean changes(PasskeyRecord record, Assertion assertion) {
        return assertion.backedUp() != record.credential().backedUp()
                || !record.credential().backupEligible().equals(Optional.of(assertion.backupEligible()))
                || isStale(record.lastUsed())
                || (assertion.userVerified() && isStale(record.lastVerified()));
    }

    private boolean isStale(Optional<Instant> kept) {
        Instant freshUntil = clock.instant().minus(lastUsedPrecision);
        return kept.map(freshUntil::isAfter).orElse(true);
    }

    private static void write(Passkey passkey, CredentialRows.Locked current, PasskeyRecord record) {
        CredentialModel model = passkey.owner().credentialManager().getStoredCredentialById(current.rowId());
        model.setUserLabel(current.label());
        model.setCredentialData(
                current.type().isBuiltIn()
                        ? BuiltInDocument.withSignCount(
                                current.document(), record.credential().signCount())
                        : record.toJson());
        passkey.owner().credentialManager().updateStoredCredential(model);
    }
}
