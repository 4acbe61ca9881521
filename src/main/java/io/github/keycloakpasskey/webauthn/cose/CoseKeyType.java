package io.github.keycloakpasskey.webauthn.cose;

import java.util.Set;

/** The types of COSE keys (RFC 9053 §7, RFC 8230 §4). */
enum CoseKeyType {
    OKP(1),
    EC2(2),
    RSA(3);

    private final int number;

    CoseKeyType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** The labels of the parameters that a key of this type must have, including key type and algorithm. */
    Set<Object> parameters() {
        return this == EC2 ? Set.of(1L, 3L, -1L, -2L, -3L) : Set.of(1L, 3L, -1L, -2L);
    }
}
