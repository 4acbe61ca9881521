package io.github.keycloakpasskey.proof;

import java.util.Arrays;
import java.util.Optional;

/** The two procedures of a relying party in WebAuthn Level 3. */
enum Section {
    REGISTRATION("§7.1", 29),
    AUTHENTICATION("§7.2", 25);

    private final String number;
    private final int steps;

    Section(String number, int steps) {
        this.number = number;
        this.steps = steps;
    }

    /** The section that a step is named with, as in {@code §7.1 step 8}. */
    static Section of(String step) {
        return Arrays.stream(values())
                .filter(section -> step.startsWith(section.number))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no step of §7.1 or §7.2: " + step));
    }

    String number() {
        return number;
    }

    int steps() {
        return steps;
    }

    /** Why no answer can fail in this step, where that is so. */
    Optional<String> whyNothingFails(int step) {
        return Optional.ofNullable(
                switch (number + " step " + step) {
                    case "§7.1 step 12" -> "makes the hash over which step 22 verifies the attestation";
                    case "§7.1 step 19" -> "the state of the backup is stored and reported, and decides nothing";
                    case "§7.2 step 4" -> "no output of a client extension decides anything at a sign-in";
                    case "§7.2 step 20" -> "makes the hash over which step 21 verifies the signature";
                    default -> null;
                });
    }
}
