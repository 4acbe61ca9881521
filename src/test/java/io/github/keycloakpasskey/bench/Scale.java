package io.github.keycloakpasskey.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param isShort whether it is only to be seen that everything works
 * @param soak how long the server is under load when its heap is watched
 */
record Scale(boolean isShort, Duration soak) {

    /** One number for a measurement, another for a look whether it works. */
    int of(int full, int brief) {
        return isShort ? brief : full;
    }
}
