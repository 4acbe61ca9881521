package io.github.keycloakpasskey.webauthn.encoding;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A CBOR map. Each {@code require…} method returns a member by its key, and throws {@link MalformedException} if the
 * member is missing or of another type.
 *
 * @param members values by key; a key is a {@link Long} or a {@link String}
 */
public record CborMap(Map<Object, Object> members) {

    public CborMap {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public Set<Object> keys() {
        return members.keySet();
    }

    public boolean has(Object key) {
        return members.containsKey(key);
    }

    public long requireNumber(Object key) throws MalformedException {
        return require(key, Long.class);
    }

    public String requireText(Object key) throws MalformedException {
        return require(key, String.class);
    }

    public Bytes requireBytes(Object key) throws MalformedException {
        return require(key, Bytes.class);
    }

    public CborMap requireMap(Object key) throws MalformedException {
        return require(key, CborMap.class);
    }

    public List<?> requireArray(Object key) throws MalformedException {
        return require(key, List.class);
    }

    private <T> T require(Object key, Class<T> kind) throws MalformedException {
        Object value = members.get(key);
        MalformedException.require(kind.isInstance(value));
        return kind.cast(value);
    }
}
