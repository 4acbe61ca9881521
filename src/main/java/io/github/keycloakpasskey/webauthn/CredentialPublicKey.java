package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.security.PublicKey;

/**
 * A credential public key (§5.8.5, §6.5.1) that is what it claims to be: of its algorithm's kind, of
 * the right length, on its curve, and with nothing beside it.
 */
final class CredentialPublicKey {

    private static final long KEY_TYPE = 1;
    private static final long ALGORITHM = 3;
    private static final long CURVE = -1;
    private static final long X = -2;
    private static final long Y = -3;
    private static final long MODULUS = -1;
    private static final long EXPONENT = -2;

    private final Bytes cose;
    private final CoseAlgorithm algorithm;
    private final PublicKey key;

    private CredentialPublicKey(Bytes cose, CoseAlgorithm algorithm, PublicKey key) {
        this.cose = cose;
        this.algorithm = algorithm;
        this.key = key;
    }

    static CredentialPublicKey parse(Bytes cose) throws CeremonyException {
        CborMap parameters = Cbor.readMap(cose, FailureReason.PUBLIC_KEY_INVALID);
        CoseAlgorithm algorithm = CoseAlgorithm.ofNumber(number(parameters, ALGORITHM))
                .orElseThrow(() -> new CeremonyException(FailureReason.ALGORITHM_NOT_OFFERED));
        CoseKeyType type = algorithm.keyType();
        // §6.5.1: what is optional must not be there; so no private part and no restriction of use either.
        boolean isOfItsType = number(parameters, KEY_TYPE) == type.number()
                && parameters.keys().equals(type.parameters());
        CeremonyException.require(isOfItsType, FailureReason.PUBLIC_KEY_INVALID);
        return new CredentialPublicKey(cose, algorithm, key(algorithm, parameters));
    }

    private static PublicKey key(CoseAlgorithm algorithm, CborMap parameters) throws CeremonyException {
        return switch (algorithm) {
            case ES256, ESP256 -> onCurve(WeierstrassCurve.P256, parameters);
            case ES384, ESP384 -> onCurve(WeierstrassCurve.P384, parameters);
            case ES512, ESP512 -> onCurve(WeierstrassCurve.P521, parameters);
            case EDDSA, ED25519 -> onCurve(EdwardsCurve.ED25519, parameters);
            case ED448 -> onCurve(EdwardsCurve.ED448, parameters);
            case PS256, PS384, PS512, RS256, RS384, RS512, RS1 ->
                RsaKey.of(bytes(parameters, MODULUS), bytes(parameters, EXPONENT), FailureReason.PUBLIC_KEY_INVALID);
        };
    }

    /** §5.8.5: the curve is the algorithm's, and the point is not compressed. */
    private static PublicKey onCurve(WeierstrassCurve curve, CborMap parameters) throws CeremonyException {
        CeremonyException.require(number(parameters, CURVE) == curve.number(), FailureReason.PUBLIC_KEY_INVALID);
        return curve.publicKey(bytes(parameters, X), bytes(parameters, Y), FailureReason.PUBLIC_KEY_INVALID);
    }

    private static PublicKey onCurve(EdwardsCurve curve, CborMap parameters) throws CeremonyException {
        CeremonyException.require(number(parameters, CURVE) == curve.number(), FailureReason.PUBLIC_KEY_INVALID);
        return curve.publicKey(bytes(parameters, X), FailureReason.PUBLIC_KEY_INVALID);
    }

    private static long number(CborMap parameters, long label) throws CeremonyException {
        return parameters.requireNumber(label, FailureReason.PUBLIC_KEY_INVALID);
    }

    private static Bytes bytes(CborMap parameters, long label) throws CeremonyException {
        return parameters.requireBytes(label, FailureReason.PUBLIC_KEY_INVALID);
    }

    Bytes cose() {
        return cose;
    }

    CoseAlgorithm algorithm() {
        return algorithm;
    }

    PublicKey key() {
        return key;
    }

    boolean verifies(Bytes signature, Bytes signed) {
        return algorithm.verifies(key, signature, signed);
    }
}
