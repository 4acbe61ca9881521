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
            "older patches let a used e-mail link serve again (CVE-2026-4325, CVE-2026-37982) and link an identity to the"
                    + " account of another user (CVE-2026-9087)"),
    V26_5(
            "26.5",
            "26.5.7",
            "it fixes CVE-2026-4325. No patch of 26.5 is known to fix CVE-2026-37982 and CVE-2026-9087: prefer 26.6"),
    V26_6("26.6", "26.6.3", "older patches have CVE-2026-37982 and CVE-2026-9087"),
    V26_7(
            "26.7",
            "26.7.4",
            "in stateless mode on MySQL or MariaDB, older patches accept again what serves once (CVE-2026-90997)");

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
