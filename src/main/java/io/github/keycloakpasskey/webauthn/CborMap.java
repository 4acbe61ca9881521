package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A map of CBOR, asked for its members by key ({@link Long} or {@link String}) and kind. */
record CborMap(Map<Object, Object> members) {

    CborMap {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    Set<Object> keys() {
        return members.keySet();
    }

    boolean has(Object key) {
        return members.containsKey(key);
    }

    long requireNumber(Object key, FailureReason otherwise) throws CeremonyException {
        return require(key, Long.class, otherwise);
    }

    String requireText(Object key, FailureReason otherwise) throws CeremonyException {
        return require(key, String.class, otherwise);
    }

    Bytes requireBytes(Object key, FailureReason otherwise) throws CeremonyException {
        return require(key, Bytes.class, otherwise);
    }

    CborMap requireMap(Object key, FailureReason otherwise) throws CeremonyException {
        return require(key, CborMap.class, otherwise);
    }

    List<?> requireArray(Object key, FailureReason otherwise) throws CeremonyException {
        return require(key, List.class, otherwise);
    }

    private <T> T require(Object key, Class<T> kind, FailureReason otherwise) throws CeremonyException {
        Object value = members.get(key);
        CeremonyException.require(kind.isInstance(value), otherwise);
        return kind.cast(value);
    }
}
