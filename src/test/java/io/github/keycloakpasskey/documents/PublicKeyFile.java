package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;

/** The point of a COSE key as other software wants to have it. */
final class PublicKeyFile {

    private static final int PEM_WIDTH = 64;

    private final PublicKey key;

    /** @param cose a COSE key for ES256: a point of the curve P-256 */
    PublicKeyFile(CborTable cose) throws GeneralSecurityException {
        AlgorithmParameters p256 = AlgorithmParameters.getInstance("EC");
        p256.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(coordinate(cose.bytes("-2")), coordinate(cose.bytes("-3")));
        key = KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, p256.getParameterSpec(ECParameterSpec.class)));
    }

    private static BigInteger coordinate(Bytes bytes) {
        return new BigInteger(1, bytes.toByteArray());
    }

    PublicKey key() {
        return key;
    }

    /** SubjectPublicKeyInfo (RFC 5280 §4.1), which is what browsers post beside the COSE key. */
    Bytes der() {
        return Bytes.of(key.getEncoded());
    }

    String pem() {
        Base64.Encoder lines = Base64.getMimeEncoder(PEM_WIDTH, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN PUBLIC KEY-----\n" + lines.encodeToString(key.getEncoded()) + "\n-----END PUBLIC KEY-----";
    }
}
