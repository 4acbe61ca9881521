package io.github.keycloakpasskey.webauthn;

/** What happens to a sign-in with a passkey whose backup eligibility has changed (§6.1.3, §7.2 step 19). */
public enum BackupEligibilityPolicy {
    /** It is refused: the flag is fixed when a passkey is created. */
    REFUSE,
    /** It is accepted and recorded: some password managers have changed the flag in an update. */
    ACCEPT
}
