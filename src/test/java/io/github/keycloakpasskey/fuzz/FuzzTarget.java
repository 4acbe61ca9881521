package io.github.keycloakpasskey.fuzz;

import java.util.Map;

/** One way in, for any bytes. */
interface FuzzTarget {

    /** A seed whose name begins like this is accepted: from there the fuzzer reaches every step. */
    String GENUINE = "genuine-";

    /** What to begin with, by name. */
    Map<String, byte[]> seeds();

    /**
     * Judges what the bytes stand for.
     *
     * @return whether it was accepted
     * @throws AssertionError if it was accepted and must not be
     */
    boolean judge(byte[] input);
}
