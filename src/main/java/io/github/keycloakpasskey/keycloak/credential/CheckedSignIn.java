package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.webauthn.Assertion;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.util.Optional;

/**
 * The result of checking a sign-in against a stored passkey.
 *
 * @param assertion what the authenticator said; empty where its signature was not verified
 * @param verdict whether the sign-in is accepted
 */
public record CheckedSignIn(Optional<Assertion> assertion, Verdict<SignInResult, FailureReason> verdict) {

    /** No credential provider has checked the sign-in: Keycloak asks none where a user storage is disabled. */
    static final CheckedSignIn UNCHECKED =
            new CheckedSignIn(Optional.empty(), Verdict.refused(FailureReason.CREDENTIAL_UNKNOWN));

    /** Whether the counter did not increase, so that a copy of the key may exist. */
    public boolean isCloneSuspected() {
        return verdict.fold(SignInResult::cloneSuspected, FailureReason.SIGN_COUNT_NOT_INCREASED::equals);
    }

    /** Whether the backup eligibility is another one than before. */
    public boolean isBackupEligibilityChanged() {
        return verdict.fold(SignInResult::backupEligibilityChanged, FailureReason.BACKUP_ELIGIBILITY_CHANGED::equals);
    }
}
