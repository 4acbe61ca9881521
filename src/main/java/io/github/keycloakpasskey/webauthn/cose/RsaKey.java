package io.github.keycloakpasskey.webauthn.cose;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;

/** The RSA keys that a passkey may have. */
final class RsaKey {

    private static final int SMALLEST_BITS = 2048;

    /** Signatures of larger keys take too long to verify. */
    private static final int LARGEST_BITS = 8192;

    /** FIPS 186-5 §5.1: exponents are odd and between 2¹⁶ and 2²⁵⁶. */
    private static final int SMALLEST_EXPONENT_BITS = 17;

    private static final int LARGEST_EXPONENT_BITS = 256;

    private RsaKey() {}

    /**
     * RFC 8230 §4: both numbers are in their shortest form.
     *
     * @throws UnusableKeyException if they are not, or if their sizes are outside the limits above
     */
    static PublicKey of(Bytes modulus, Bytes exponent) throws UnusableKeyException {
        UnusableKeyException.require(
                isShortest(modulus) && isShortest(exponent), "modulus or exponent is not in its shortest form");
        BigInteger n = modulus.toUnsignedInteger();
        BigInteger e = exponent.toUnsignedInteger();
        boolean usable = n.testBit(0)
                && n.bitLength() >= SMALLEST_BITS
                && n.bitLength() <= LARGEST_BITS
                && e.testBit(0)
                && e.bitLength() >= SMALLEST_EXPONENT_BITS
                && e.bitLength() <= LARGEST_EXPONENT_BITS;
        UnusableKeyException.require(usable, "modulus or exponent is outside the limits");
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(n, e));
        } catch (GeneralSecurityException notForTheJdk) {
            throw new UnusableKeyException(notForTheJdk);
        }
    }

    private static boolean isShortest(Bytes unsigned) {
        return unsigned.size() > 0 && unsigned.at(0) != 0;
    }
}
