package io.github.keycloakpasskey.webauthn.cose;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Cbor;
import io.github.keycloakpasskey.webauthn.encoding.CborMap;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.security.PublicKey;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A credential public key (§5.8.5, §6.5.1): a COSE key whose type, curve and lengths are those of its algorithm, with no
 * other parameters of the key itself.
 */
public final class CredentialPublicKey {

    private static final long KEY_TYPE = 1;
    private static final long KEY_ID = 2;
    private static final long ALGORITHM = 3;
    private static final long OPERATIONS = 4;
    private static final long BASE_IV = 5;
    private static final long CURVE = -1;
    private static final long X = -2;
    private static final long Y = -3;
    private static final long MODULUS = -1;
    private static final long EXPONENT = -2;

    /** RFC 9052 §7.1. */
    private static final Long VERIFY = 2L;

    /** Common parameters, which describe the use of a key (RFC 9052 §7.1). */
    private static final Set<Object> OF_USE = Set.of(KEY_ID, OPERATIONS, BASE_IV);

    private final Bytes cose;
    private final CoseAlgorithm algorithm;
    private final PublicKey key;

    private CredentialPublicKey(Bytes cose, CoseAlgorithm algorithm, PublicKey key) {
        this.cose = cose;
        this.algorithm = algorithm;
        this.key = key;
    }

    /**
     * Reads a COSE key.
     *
     * @throws UnknownAlgorithmException if the key names an algorithm that is not supported
     * @throws UnusableKeyException if the bytes are not a key, or not a usable one
     */
    public static CredentialPublicKey parse(Bytes cose) throws UnusableKeyException {
        try {
            CborMap parameters = Cbor.readMap(cose);
            CoseAlgorithm algorithm = algorithm(parameters.requireNumber(ALGORITHM));
            CoseKeyType type = algorithm.keyType();
            UnusableKeyException.require(
                    parameters.requireNumber(KEY_TYPE) == type.number()
                            && withoutUse(parameters.keys()).equals(type.parameters()),
                    "the parameters are not those of the algorithm's key type");
            verifyUse(parameters);
            return new CredentialPublicKey(cose, algorithm, key(algorithm, parameters));
        } catch (MalformedException notAKey) {
            throw new UnusableKeyException(notAKey);
        }
    }

    /**
     * §6.5.1: optional parameters must be absent, a private part among them. Some security keys send parameters of use all
     * the same.
     */
    private static Set<Object> withoutUse(Set<Object> parameters) {
        return parameters.stream()
                .filter(parameter -> !OF_USE.contains(parameter))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A key that may not verify signatures is of no use here. */
    private static void verifyUse(CborMap parameters) throws MalformedException, UnusableKeyException {
        if (parameters.has(KEY_ID)) {
            parameters.requireBytes(KEY_ID);
        }
        if (parameters.has(BASE_IV)) {
            parameters.requireBytes(BASE_IV);
        }
        UnusableKeyException.require(
                !parameters.has(OPERATIONS)
                        || parameters.requireArray(OPERATIONS).contains(VERIFY),
                "the key may not verify signatures");
    }

    private static CoseAlgorithm algorithm(long number) throws UnknownAlgorithmException {
        return CoseAlgorithm.ofNumber(number).orElseThrow(() -> new UnknownAlgorithmException(number));
    }

    private static PublicKey key(CoseAlgorithm algorithm, CborMap parameters)
            throws MalformedException, UnusableKeyException {
        return switch (algorithm) {
            case ES256, ESP256 -> onCurve(WeierstrassCurve.P256, parameters);
            case ES384, ESP384 -> onCurve(WeierstrassCurve.P384, parameters);
            case ES512, ESP512 -> onCurve(WeierstrassCurve.P521, parameters);
            case EDDSA, ED25519 -> onCurve(EdwardsCurve.ED25519, parameters);
            case ED448 -> onCurve(EdwardsCurve.ED448, parameters);
            case PS256, PS384, PS512, RS256, RS384, RS512, RS1 ->
                RsaKey.of(parameters.requireBytes(MODULUS), parameters.requireBytes(EXPONENT));
        };
    }

    /** §5.8.5: each algorithm has one curve, and points are not compressed. */
    private static PublicKey onCurve(WeierstrassCurve curve, CborMap parameters)
            throws MalformedException, UnusableKeyException {
        verifyCurve(curve.number(), parameters);
        return curve.publicKey(parameters.requireBytes(X), parameters.requireBytes(Y));
    }

    private static PublicKey onCurve(EdwardsCurve curve, CborMap parameters)
            throws MalformedException, UnusableKeyException {
        verifyCurve(curve.number(), parameters);
        return curve.publicKey(parameters.requireBytes(X));
    }

    private static void verifyCurve(int number, CborMap parameters) throws MalformedException, UnusableKeyException {
        UnusableKeyException.require(parameters.requireNumber(CURVE) == number, "the curve is not the algorithm's");
    }

    /** The bytes that {@link #parse} read. */
    public Bytes cose() {
        return cose;
    }

    public CoseAlgorithm algorithm() {
        return algorithm;
    }

    /** The same key for the Java platform. */
    public PublicKey key() {
        return key;
    }

    /** Whether it is a signature of the data by this key, in the form of §6.5.5. */
    public boolean verifies(Bytes signature, Bytes data) {
        return algorithm.verifies(key, signature, data);
    }
}
