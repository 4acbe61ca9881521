package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.security.SecureRandom;

/**
 * What an authenticator signs so that its answer serves one ceremony only (§13.4.3).
 *
 * @param value not empty; those that are made here have 32 bytes, recorded ones may be shorter
 */
public record Challenge(Bytes value) {

    private static final int SIZE = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    public Challenge {
        if (value.size() == 0) {
            throw new IllegalArgumentException("a challenge is not empty");
        }
    }

    /** 32 random bytes. */
    public static Challenge random() {
        byte[] value = new byte[SIZE];
        RANDOM.nextBytes(value);
        return new Challenge(Bytes.of(value));
    }
}
