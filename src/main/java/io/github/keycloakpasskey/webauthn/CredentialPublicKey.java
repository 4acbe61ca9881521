package io.github.keycloakpasskey.webauthn;

import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.authenticator.Curve;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.authenticator.EdDSACOSEKey;
import com.webauthn4j.data.attestation.authenticator.RSACOSEKey;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;

/**
 * A credential public key (§5.8.5, §6.5.1.1) that is what it claims to be: of its algorithm's kind,
 * of the right length and on its curve.
 */
final class CredentialPublicKey {

    private static final int ED25519_BYTES = 32;
    private static final int SMALLEST_RSA_BITS = 2048;
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final Bytes cose;
    private final COSEKey key;
    private final CoseAlgorithm algorithm;

    private CredentialPublicKey(Bytes cose, COSEKey key, CoseAlgorithm algorithm) {
        this.cose = cose;
        this.key = key;
        this.algorithm = algorithm;
    }

    static CredentialPublicKey parse(Bytes cose) throws CeremonyException {
        COSEKey key = WebAuthn4j.decodeKey(cose);
        if (key.getAlgorithm() == null) {
            throw new CeremonyException(FailureReason.PUBLIC_KEY_INVALID);
        }
        CoseAlgorithm algorithm = CoseAlgorithm.ofNumber(key.getAlgorithm().getValue())
                .orElseThrow(() -> new CeremonyException(FailureReason.ALGORITHM_NOT_OFFERED));
        CeremonyException.require(isOfItsAlgorithm(key, algorithm), FailureReason.PUBLIC_KEY_INVALID);
        return new CredentialPublicKey(cose, key, algorithm);
    }

    Bytes cose() {
        return cose;
    }

    CoseAlgorithm algorithm() {
        return algorithm;
    }

    boolean verifies(Bytes signature, Bytes signed) throws CeremonyException {
        return WebAuthn4j.verifySignature(key, signature, signed);
    }

    private static boolean isOfItsAlgorithm(COSEKey key, CoseAlgorithm algorithm) throws CeremonyException {
        return switch (algorithm) {
            case ES256 -> isOnCurve(key, Curve.SECP256R1);
            case ES384 -> isOnCurve(key, Curve.SECP384R1);
            case ES512 -> isOnCurve(key, Curve.SECP521R1);
            case EDDSA ->
                key instanceof EdDSACOSEKey edwards
                        && edwards.getCurve() == Curve.ED25519
                        && edwards.getX() != null
                        && edwards.getX().length == ED25519_BYTES;
            case RS256, RS384, RS512, RS1 ->
                key instanceof RSACOSEKey rsa
                        && rsa.getN() != null
                        && new BigInteger(1, rsa.getN()).bitLength() >= SMALLEST_RSA_BITS;
        };
    }

    /** The equation y² = x³ + ax + b over the curve's field, with coordinates of the field's length. */
    private static boolean isOnCurve(COSEKey key, Curve expected) throws CeremonyException {
        if (!(key instanceof EC2COSEKey ec) || ec.getCurve() != expected || ec.getX() == null || ec.getY() == null) {
            return false;
        }
        ECPublicKey publicKey = WebAuthn4j.ecPublicKey(ec);
        EllipticCurve curve = publicKey.getParams().getCurve();
        BigInteger prime = ((ECFieldFp) curve.getField()).getP();
        int coordinateBytes = (prime.bitLength() + Byte.SIZE - 1) / Byte.SIZE;
        BigInteger x = publicKey.getW().getAffineX();
        BigInteger y = publicKey.getW().getAffineY();
        BigInteger right = x.modPow(THREE, prime).add(curve.getA().multiply(x)).add(curve.getB());
        return ec.getX().length == coordinateBytes
                && ec.getY().length == coordinateBytes
                && x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.multiply(y).subtract(right).mod(prime).signum() == 0;
    }
}
