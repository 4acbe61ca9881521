package io.github.keycloakpasskey.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The registrations among which the first byte of an input chooses; those that are always there come first. */
final class Registrations {

    private final List<GenuineRegistration> all = new ArrayList<>();

    Registrations() {
        all.addAll(GenuineRegistration.own());
        all.addAll(GenuineRegistration.recorded());
    }

    List<GenuineRegistration> all() {
        return all;
    }

    /** Where in the list the chosen one stands. */
    int choice(ByteBuffer input) {
        return input.hasRemaining() ? Byte.toUnsignedInt(input.get()) % all.size() : 0;
    }
}
