package io.github.keycloakpasskey.keycloak.settings;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What was read from texts. Settings are read for every page, including pages that anyone can open, so each text is read
 * once. Of many texts, those read last are kept, up to a number and a total length: realms share the memory of the server.
 *
 * @param <T> the text, or texts
 * @param <R> what is read from it; immutable
 */
final class Readings<T, R> {

    /** In a server with more realms than this, a text may be read again. */
    static final int CAPACITY = 100;

    /** The most characters of all texts that are kept. A longer text is read again each time. */
    static final int MAX_LENGTH = 1_048_576;

    private final Map<T, R> known = new ConcurrentHashMap<>();
    private long length;
    private final Function<T, R> reader;
    private final ToLongFunction<T> lengthOf;

    /** @param lengthOf the number of characters of the text, or of all texts */
    Readings(Function<T, R> reader, ToLongFunction<T> lengthOf) {
        this.reader = reader;
        this.lengthOf = lengthOf;
    }

    R of(T text) {
        R reading = known.get(text);
        return reading == null ? read(text) : reading;
    }

    private R read(T text) {
        R reading = reader.apply(text);
        long more = lengthOf.applyAsLong(text);
        if (more <= MAX_LENGTH) {
            keep(text, reading, more);
        }
        return reading;
    }

    private synchronized void keep(T text, R reading, long more) {
        if (known.size() >= CAPACITY || length + more > MAX_LENGTH) {
            known.clear();
            length = 0;
        }
        if (known.put(text, reading) == null) {
            length += more;
        }
    }
}
