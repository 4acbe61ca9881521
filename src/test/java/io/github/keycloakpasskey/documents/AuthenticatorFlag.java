package io.github.keycloakpasskey.documents;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A bit of the flags of authenticator data (§6.1), the lowest first, which is bit 0. */
enum AuthenticatorFlag {
    UP(0, "user present: somebody touched it, or agreed"),
    RFU1(1, "reserved"),
    UV(2, "user verified: face, fingerprint or PIN were right"),
    BE(3, "backup eligible: may be synced to other devices; never changes"),
    BS(4, "backed up: is synced now; may change"),
    RFU2(5, "reserved"),
    AT(6, "attested credential data follow: a new passkey"),
    ED(7, "extension data follow");

    private final int bit;
    private final String meaning;

    AuthenticatorFlag(int bit, String meaning) {
        this.bit = bit;
        this.meaning = meaning;
    }

    private int mask() {
        return 1 << bit;
    }

    boolean isIn(int flags) {
        return (flags & mask()) != 0;
    }

    /** The names of those that are set. */
    static String names(int flags) {
        return Arrays.stream(values())
                .filter(flag -> flag.isIn(flags))
                .map(AuthenticatorFlag::name)
                .collect(Collectors.joining(", "));
    }

    /** All of them, and which of them each ceremony has set. */
    static String table(int registration, int signIn) {
        String head = "| Bit | Mask | Flag | Says | Registration `%02x` | Sign-in `%02x` |\n|---|---|---|---|---|---|\n"
                .formatted(registration, signIn);
        return Arrays.stream(values())
                .map(flag -> "| %d | `%02x` | %s | %s | %s | %s |"
                        .formatted(
                                flag.bit,
                                flag.mask(),
                                flag.name(),
                                flag.meaning,
                                flag.isIn(registration) ? "1" : "0",
                                flag.isIn(signIn) ? "1" : "0"))
                .collect(Collectors.joining("\n", head, ""));
    }
}
