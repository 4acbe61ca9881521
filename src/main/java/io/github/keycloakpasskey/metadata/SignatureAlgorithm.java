package io.github.keycloakpasskey.metadata;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** The signatures that a blob may have, by their names in RFC 7518 §3.1. {@code none} is not one of them. */
enum SignatureAlgorithm {
    RS256("SHA256withRSA"),
    RS384("SHA384withRSA"),
    RS512("SHA512withRSA"),
    PS256("SHA-256", 32),
    PS384("SHA-384", 48),
    PS512("SHA-512", 64),
    ES256("SHA256withECDSAinP1363Format", 256),
    ES384("SHA384withECDSAinP1363Format", 384),
    ES512("SHA512withECDSAinP1363Format", 521);

    private final String jdkName;
    /** The length of the salt in bytes for PS, the size of the curve's field in bits for ES. */
    private final int size;

    SignatureAlgorithm(String jdkName) {
        this(jdkName, 0);
    }

    SignatureAlgorithm(String jdkName, int size) {
        this.jdkName = jdkName;
        this.size = size;
    }

    static Optional<SignatureAlgorithm> named(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.name().equals(name))
                .findAny();
    }

    /** Whether the key is of this algorithm's kind. */
    boolean fits(PublicKey key) {
        return switch (this) {
            case RS256, RS384, RS512, PS256, PS384, PS512 -> key instanceof RSAPublicKey;
            case ES256, ES384, ES512 ->
                key instanceof ECPublicKey ec
                        && ec.getParams().getCurve().getField().getFieldSize() == size;
        };
    }

    boolean verify(PublicKey key, byte[] signed, byte[] signature) throws GeneralSecurityException {
        Signature verifier = verifier();
        verifier.initVerify(key);
        verifier.update(signed);
        return verifier.verify(signature);
    }

    private Signature verifier() throws GeneralSecurityException {
        return switch (this) {
            case PS256, PS384, PS512 -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec(
                        jdkName, "MGF1", new MGF1ParameterSpec(jdkName), size, PSSParameterSpec.TRAILER_FIELD_BC));
                yield pss;
            }
            default -> Signature.getInstance(jdkName);
        };
    }
}
