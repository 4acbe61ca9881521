package io.github.keycloakpasskey.bench;

/**
 * What a figure should be, and what it was.
 *
 * @param what is measured
 * @param measured the figure of this run
 * @param limit what it is compared with
 * @param isCeiling whether the figure may not exceed the limit; else it may not stay below
 */
record Goal(String what, double measured, double limit, boolean isCeiling) {

    static Goal atMost(String what, double measured, double limit) {
        return new Goal(what, measured, limit, true);
    }

    static Goal atLeast(String what, double measured, double limit) {
        return new Goal(what, measured, limit, false);
    }

    boolean isMet() {
        return isCeiling ? measured <= limit : measured >= limit;
    }

    String wanted() {
        return (isCeiling ? "≤ " : "≥ ") + Figures.text(limit);
    }
}
