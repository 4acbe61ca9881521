package io.github.keycloakpasskey.keycloak.settings;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was read from texts. Settings are read for every page, including pages that anyone can open, so each text is read
 * once. Of many texts, those read last are kept.
 *
 * @param <T> the text, or texts
 * @param <R> what is read from it; immutable
 */
final class Readings<T, R> {

    /** In a server with more realms than this, a text may be read again. */
    static final int CAPACITY = 100;

    private final Map<T, R> known = new ConcurrentHashMap<>();
    private final Function<T, R> reader;

    Readings(Function<T, R> reader) {
        this.reader = reader;
    }

    R of(T text) {
        R reading = known.get(text);
        return reading == null ? read(text) : reading;
    }

    private R read(T text) {
        R reading = reader.apply(text);
        if (known.size() >= CAPACITY) {
            known.clear();
        }
        known.put(text, reading);
        return reading;
    }
}
