package io.github.keycloakpasskey.testbed;

/** The flags of authenticator data (WebAuthn Level 3, section 6.1). */
public enum Flag {
    USER_PRESENT(0x01),
    USER_VERIFIED(0x04),
    BACKUP_ELIGIBLE(0x08),
    BACKED_UP(0x10),
    ATTESTED_DATA(0x40),
    EXTENSION_DATA(0x80);

    private final int bit;

    Flag(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }
}
