package io.github.keycloakpasskey.keycloak.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * One note of this extension: its name, and the type of its value. Every value is stored as JSON.
 *
 * @param <T> a record, a text or an array of these
 */
record Note<T>(String name, Class<T> type) {

    /** During an update of a cluster, a newer version may write members that this one does not know. */
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    Optional<T> read(Notes notes) {
        return notes.get(name).map(this::decode);
    }

    void write(Notes notes, T value) {
        notes.set(name, encode(value));
    }

    void remove(Notes notes) {
        notes.remove(name);
    }

    private String encode(T value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the value of the note " + name + " has no JSON", impossible);
        }
    }

    private T decode(String json) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the note " + name + " is not what was written", impossible);
        }
    }
}
