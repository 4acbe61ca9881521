package io.github.keycloakpasskey.webauthn;

/** What becomes of a sign-in whose signature counter did not grow (§6.1.1, §7.2 step 22). */
public enum SignCountPolicy {
    /** It is refused: of two that hold the key, at most one signs in with one counter value. */
    REFUSE,
    /** It is accepted, and the passkey is marked as one that may have been copied. */
    FLAG
}
