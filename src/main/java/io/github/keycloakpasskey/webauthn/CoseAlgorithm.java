package io.github.keycloakpasskey.webauthn;

import java.util.Arrays;
import java.util.Optional;

/** The signature algorithms that can be verified, with their numbers in the IANA COSE registry. */
public enum CoseAlgorithm {
    ES256(-7),
    EDDSA(-8),
    ES384(-35),
    ES512(-36),
    RS256(-257),
    RS384(-258),
    RS512(-259),
    RS1(-65535);

    private final int number;

    CoseAlgorithm(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    public static Optional<CoseAlgorithm> ofNumber(long number) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.number == number)
                .findFirst();
    }
}
