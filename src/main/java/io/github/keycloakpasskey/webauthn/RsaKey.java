package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;

/** What is asked of an RSA key, of a passkey or of a certificate. */
final class RsaKey {

    private static final int SMALLEST_BITS = 2048;

    /** Larger ones take longer to verify than a sign-in may wait. */
    private static final int LARGEST_BITS = 8192;

    /** FIPS 186-5 §5.1: exponents are odd and between 2¹⁶ and 2²⁵⁶. */
    private static final int SMALLEST_EXPONENT_BITS = 17;

    private static final int LARGEST_EXPONENT_BITS = 256;

    private RsaKey() {}

    /** RFC 8230 §4: both numbers are written in as few bytes as they can be. */
    static PublicKey of(Bytes modulus, Bytes exponent, FailureReason otherwise) throws CeremonyException {
        CeremonyException.require(startsWithItsNumber(modulus) && startsWithItsNumber(exponent), otherwise);
        BigInteger n = modulus.toUnsignedInteger();
        BigInteger e = exponent.toUnsignedInteger();
        boolean usable = n.testBit(0)
                && n.bitLength() >= SMALLEST_BITS
                && n.bitLength() <= LARGEST_BITS
                && e.testBit(0)
                && e.bitLength() >= SMALLEST_EXPONENT_BITS
                && e.bitLength() <= LARGEST_EXPONENT_BITS;
        CeremonyException.require(usable, otherwise);
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(n, e));
        } catch (GeneralSecurityException notForTheJdk) {
            throw new CeremonyException(otherwise, notForTheJdk);
        }
    }

    private static boolean startsWithItsNumber(Bytes unsigned) {
        return unsigned.size() > 0 && unsigned.at(0) != 0;
    }
}
