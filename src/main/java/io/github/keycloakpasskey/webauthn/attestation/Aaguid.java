package io.github.keycloakpasskey.webauthn.attestation;

import java.util.Optional;
import java.util.UUID;

/** AAGUIDs (§6.5.1): the UUIDs of models of authenticators. */
public final class Aaguid {

    /** All zeros: the authenticator does not name its model, or uses FIDO U2F. */
    public static final UUID NONE = new UUID(0, 0);

    private Aaguid() {}

    /** Reads the canonical text of a UUID (RFC 9562 §4), in upper or lower case; empty for every other text. */
    public static Optional<UUID> parse(String text) {
        try {
            UUID aaguid = UUID.fromString(text);
            // The Java platform also accepts groups that are too short.
            return Optional.of(aaguid).filter(read -> read.toString().equalsIgnoreCase(text));
        } catch (IllegalArgumentException notAUuid) {
            return Optional.empty();
        }
    }
}
