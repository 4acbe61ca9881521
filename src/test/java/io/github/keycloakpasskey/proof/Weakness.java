package io.github.keycloakpasskey.proof;

/** What was measured on the built-in passkeys of Keycloak 26.7.3, with forged ceremonies, and is otherwise here. */
public enum Weakness {
    BACKUP_ELIGIBILITY("A backup-eligible flag that differs from registration", "backup-eligibility-changed"),
    TOP_ORIGIN("The topOrigin of another site", "top-origin-not-allowed"),
    ATTESTED_DATA_FLAG("The flag for attested data, without the data", "authenticator-data-unreadable"),
    EXTENSION_FLAG("The flag for extensions, without the data", "authenticator-data-unreadable"),
    ONE_COUNTER_VALUE("One counter value, used by 8 sessions at once", "sign-count-not-increased"),
    SAME_ID_SAME_USER("A credential id registered again by the same user", "credential-already-registered"),
    SAME_ID_OTHER_USER("A credential id registered again by another user", "credential-already-registered"),
    EMPTY_ID("An empty credential id", "credential-id-invalid"),
    KEY_OFF_CURVE("A public key that is not on the curve", "public-key-invalid"),
    TRAILING_BYTES("Bytes after the attestation object", "authenticator-data-unreadable"),
    SAME_LABEL("A second passkey with the same label is refused, and stays on the authenticator", "");

    private final String what;
    private final String reason;

    Weakness(String what, String reason) {
        this.what = what;
        this.reason = reason;
    }

    String what() {
        return what;
    }

    /** The reason in the event of the refusal; empty where it is no refusal that was missing. */
    public String reason() {
        return reason;
    }
}
