package io.github.keycloakpasskey.testbed;

import java.util.Map;

/** COSE keys (RFC 9052) with any parameters, right or wrong. */
public final class CoseKeys {

    private CoseKeys() {}

    /** Parameters by their labels: integers, texts, byte arrays, lists; in the order in which they were put. */
    public static byte[] encode(Map<Object, Object> parameters) {
        return Cbor.encode(parameters);
    }
}
