package io.github.keycloakpasskey.proof;

import java.util.Arrays;

/**
 * The oldest patch of each minor version of Keycloak that administrators should run. The faults are Keycloak's own; each
 * breaks a promise that this extension makes, or one that its flows rely on.
 */
enum LeastPatch {
    V26_4(
            "26.4",
            "26.4.13",
            "before: a used link of an e-mail can be made to serve again (CVE-2026-4325, CVE-2026-37982), and an identity"
                    + " can be linked to another user's account (CVE-2026-9087)"),
    V26_5(
            "26.5",
            "26.5.7",
            "before: CVE-2026-4325. No patch of 26.5 is known to mend CVE-2026-37982 and CVE-2026-9087: prefer 26.6"),
    V26_6("26.6", "26.6.3", "before: CVE-2026-37982, CVE-2026-9087"),
    V26_7(
            "26.7",
            "26.7.4",
            "before, in stateless mode on MySQL or MariaDB: what serves once serves again (CVE-2026-90997)");

    private final String minor;
    private final String patch;
    private final String reason;

    LeastPatch(String minor, String patch, String reason) {
        this.minor = minor;
        this.patch = patch;
        this.reason = reason;
    }

    /** @throws IllegalArgumentException if nobody has looked for faults of this minor version yet */
    static LeastPatch of(String minor) {
        return Arrays.stream(values())
                .filter(least -> least.minor.equals(minor))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("LeastPatch names no patch of Keycloak " + minor));
    }

    String patch() {
        return patch;
    }

    String reason() {
        return reason;
    }
}
