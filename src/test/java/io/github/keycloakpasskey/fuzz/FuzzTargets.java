package io.github.keycloakpasskey.fuzz;

import java.util.Arrays;
import java.util.Locale;

/** All targets, with the names by which commands and folders call them. */
enum FuzzTargets {
    POSTED_REGISTRATION,
    POSTED_AUTHENTICATION,
    CLIENT_DATA,
    ATTESTATION_BYTES,
    ATTESTATION_PARTS,
    ASSERTION_PARTS,
    STORED_RECORD;

    static FuzzTargets named(String id) {
        return Arrays.stream(values())
                .filter(target -> target.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target is called " + id));
    }

    /** In lower case with hyphens: {@code posted-registration}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    FuzzTarget make() {
        return switch (this) {
            case POSTED_REGISTRATION -> new PostedRegistration();
            case POSTED_AUTHENTICATION -> new PostedAuthentication();
            case CLIENT_DATA -> new FuzzedClientData();
            case ATTESTATION_BYTES -> new AttestationBytes();
            case ATTESTATION_PARTS -> new AttestationParts();
            case ASSERTION_PARTS -> new AssertionParts();
            case STORED_RECORD -> new StoredRecord();
        };
    }
}
