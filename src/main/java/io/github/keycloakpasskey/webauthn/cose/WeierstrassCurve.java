package io.github.keycloakpasskey.webauthn.cose;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;

/** The curves of ECDSA keys, with their numbers in the IANA COSE registry. */
final class WeierstrassCurve {

    static final WeierstrassCurve P256 = new WeierstrassCurve(1, "secp256r1");
    static final WeierstrassCurve P384 = new WeierstrassCurve(2, "secp384r1");
    static final WeierstrassCurve P521 = new WeierstrassCurve(3, "secp521r1");

    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final int number;
    private final ECParameterSpec parameters;

    private WeierstrassCurve(int number, String jdkName) {
        this.number = number;
        this.parameters = parameters(jdkName);
    }

    private static ECParameterSpec parameters(String jdkName) {
        try {
            AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec(jdkName));
            return named.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + jdkName, impossible);
        }
    }

    int number() {
        return number;
    }

    /** The length of a coordinate in bytes. */
    int coordinateBytes() {
        return (prime().bitLength() + Byte.SIZE - 1) / Byte.SIZE;
    }

    private BigInteger prime() {
        return ((ECFieldFp) parameters.getCurve().getField()).getP();
    }

    /** @throws UnusableKeyException if the coordinates have another length than the curve's, or miss the curve */
    PublicKey publicKey(Bytes xBytes, Bytes yBytes) throws UnusableKeyException {
        UnusableKeyException.require(
                xBytes.size() == coordinateBytes() && yBytes.size() == coordinateBytes(),
                "the coordinates have another length than the curve's");
        BigInteger x = xBytes.toUnsignedInteger();
        BigInteger y = yBytes.toUnsignedInteger();
        UnusableKeyException.require(
                x.compareTo(prime()) < 0 && y.compareTo(prime()) < 0 && isOnCurve(x, y), "not a point of the curve");
        try {
            return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters));
        } catch (GeneralSecurityException notOnThisPlatform) {
            throw new UnusableKeyException(notOnThisPlatform);
        }
    }

    /** Whether y² = x³ + ax + b over the curve's field. */
    private boolean isOnCurve(BigInteger x, BigInteger y) {
        EllipticCurve curve = parameters.getCurve();
        BigInteger right =
                x.modPow(THREE, prime()).add(curve.getA().multiply(x)).add(curve.getB());
        return y.multiply(y).subtract(right).mod(prime()).signum() == 0;
    }
}
