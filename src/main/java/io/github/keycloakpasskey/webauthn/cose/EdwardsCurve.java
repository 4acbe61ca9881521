package io.github.keycloakpasskey.webauthn.cose;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/**
 * The curves of EdDSA keys (RFC 8032), ax² + y² = 1 + dx²y², with their numbers in the IANA COSE
 * registry.
 */
final class EdwardsCurve {

    static final EdwardsCurve ED25519 = new EdwardsCurve(
            6,
            NamedParameterSpec.ED25519,
            32,
            BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19)),
            BigInteger.ONE.negate(),
            new BigInteger("37095705934669439343138083508754565189542113879843219016388785533085940283555"),
            3);
    static final EdwardsCurve ED448 = new EdwardsCurve(
            7,
            NamedParameterSpec.ED448,
            57,
            BigInteger.TWO.pow(448).subtract(BigInteger.TWO.pow(224)).subtract(BigInteger.ONE),
            BigInteger.ONE,
            BigInteger.valueOf(-39081),
            2);

    private final int number;
    private final NamedParameterSpec parameters;
    private final int keyBytes;
    private final BigInteger prime;
    private final BigInteger a;
    private final BigInteger d;
    private final int cofactorDoublings;

    private EdwardsCurve(
            int number,
            NamedParameterSpec parameters,
            int keyBytes,
            BigInteger prime,
            BigInteger a,
            BigInteger d,
            int cofactorDoublings) {
        this.number = number;
        this.parameters = parameters;
        this.keyBytes = keyBytes;
        this.prime = prime;
        this.a = a;
        this.d = d;
        this.cofactorDoublings = cofactorDoublings;
    }

    int number() {
        return number;
    }

    /**
     * The key that these bytes encode (RFC 8032 §5.1.3 and §5.2.3): y in little-endian order, and the sign of x in the
     * highest bit.
     *
     * @throws UnusableKeyException if the curve has no such point, or if the point has a small order: anybody can sign
     *     for such a key
     */
    PublicKey publicKey(Bytes encoded) throws UnusableKeyException {
        UnusableKeyException.require(encoded.size() == keyBytes, "the key has another length than the curve's");
        BigInteger number = encoded.reversed().toUnsignedInteger();
        int signBit = keyBytes * Byte.SIZE - 1;
        BigInteger y = number.clearBit(signBit);
        UnusableKeyException.require(
                y.compareTo(prime) < 0 && isOnCurve(y) && !hasSmallOrder(y), "not a point of the curve's large group");
        try {
            return KeyFactory.getInstance(parameters.getName())
                    .generatePublic(new EdECPublicKeySpec(parameters, new EdECPoint(number.testBit(signBit), y)));
        } catch (GeneralSecurityException notOnThisPlatform) {
            throw new UnusableKeyException(notOnThisPlatform);
        }
    }

    /** Whether x² = (y² - 1) / (dy² - a) has a solution. It has one exactly if the product of the two is a square. */
    private boolean isOnCurve(BigInteger y) {
        BigInteger ySquared = y.multiply(y).mod(prime);
        BigInteger square =
                ySquared.subtract(BigInteger.ONE).multiply(d.multiply(ySquared).subtract(a));
        BigInteger exponent = prime.subtract(BigInteger.ONE).shiftRight(1);
        return square.modPow(exponent, prime).compareTo(BigInteger.ONE) <= 0;
    }

    /** Whether the point times the cofactor is the neutral element, (0, 1). */
    private boolean hasSmallOrder(BigInteger y) {
        Fraction multiple = new Fraction(y, BigInteger.ONE);
        for (int i = 0; i < cofactorDoublings; i++) {
            multiple = doubled(multiple);
        }
        return multiple.dividend().equals(multiple.divisor());
    }

    /** A field element as a fraction. A division would take as long as the rest of the check. */
    private record Fraction(BigInteger dividend, BigInteger divisor) {}

    /**
     * The y of the doubled point, (y² - ax²) / (2 - ax² - y²), where x² = (y² - 1) / (dy² - a). On these curves no
     * divisor is zero.
     */
    private Fraction doubled(Fraction y) {
        BigInteger above = y.dividend().multiply(y.dividend()).mod(prime);
        BigInteger below = y.divisor().multiply(y.divisor()).mod(prime);
        // Numerator and denominator are multiplied by the denominators of y² and x².
        BigInteger xDivisor = d.multiply(above).subtract(a.multiply(below)).mod(prime);
        BigInteger ySquared = above.multiply(xDivisor);
        BigInteger axSquared = a.multiply(below).multiply(above.subtract(below));
        BigInteger two = below.multiply(xDivisor).shiftLeft(1);
        return new Fraction(
                ySquared.subtract(axSquared).mod(prime),
                two.subtract(axSquared).subtract(ySquared).mod(prime));
    }
}
