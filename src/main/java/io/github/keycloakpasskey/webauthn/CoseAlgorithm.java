package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * The signature algorithms that can be verified, with their numbers in the IANA COSE registry. What is
 * offered to browsers is the policy's choice.
 */
public enum CoseAlgorithm {
    ES256(-7, CoseKeyType.EC2, "SHA256withECDSA"),
    EDDSA(-8, CoseKeyType.OKP, "Ed25519"),
    /** ECDSA on P-256 and nothing else (RFC 9864), as the next three are EdDSA or ECDSA on one curve. */
    ESP256(-9, CoseKeyType.EC2, "SHA256withECDSA"),
    ED25519(-19, CoseKeyType.OKP, "Ed25519"),
    ESP384(-51, CoseKeyType.EC2, "SHA384withECDSA"),
    ESP512(-52, CoseKeyType.EC2, "SHA512withECDSA"),
    ED448(-53, CoseKeyType.OKP, "Ed448"),
    ES384(-35, CoseKeyType.EC2, "SHA384withECDSA"),
    ES512(-36, CoseKeyType.EC2, "SHA512withECDSA"),
    PS256(-37, CoseKeyType.RSA, "RSASSA-PSS"),
    PS384(-38, CoseKeyType.RSA, "RSASSA-PSS"),
    PS512(-39, CoseKeyType.RSA, "RSASSA-PSS"),
    RS256(-257, CoseKeyType.RSA, "SHA256withRSA"),
    RS384(-258, CoseKeyType.RSA, "SHA384withRSA"),
    RS512(-259, CoseKeyType.RSA, "SHA512withRSA"),
    RS1(-65535, CoseKeyType.RSA, "SHA1withRSA");

    private static final int ED25519_SIGNATURE_BYTES = 64;
    private static final int ED448_SIGNATURE_BYTES = 114;

    private final int number;
    private final CoseKeyType keyType;
    private final String jdkName;

    CoseAlgorithm(int number, CoseKeyType keyType, String jdkName) {
        this.number = number;
        this.keyType = keyType;
        this.jdkName = jdkName;
    }

    public int number() {
        return number;
    }

    public static Optional<CoseAlgorithm> ofNumber(long number) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.number == number)
                .findFirst();
    }

    CoseKeyType keyType() {
        return keyType;
    }

    /** Whether it is a signature of the data by that key. False too for a key of another kind. */
    boolean verifies(PublicKey key, Bytes signature, Bytes data) {
        try {
            Signature verifier = Signature.getInstance(jdkName);
            Optional<AlgorithmParameterSpec> parameters = parameters();
            if (parameters.isPresent()) {
                verifier.setParameter(parameters.get());
            }
            verifier.initVerify(key);
            verifier.update(data.toByteArray());
            return hasItsForm(signature) && verifier.verify(signature.toByteArray());
        } catch (GeneralSecurityException notASignatureOfThatKind) {
            return false;
        }
    }

    /** §6.5.5. The JDK also takes ECDSA in BER, and EdDSA with bytes behind it. */
    private boolean hasItsForm(Bytes signature) {
        return switch (this) {
            case EDDSA, ED25519 -> signature.size() == ED25519_SIGNATURE_BYTES;
            case ED448 -> signature.size() == ED448_SIGNATURE_BYTES;
            default -> keyType != CoseKeyType.EC2 || EcdsaSignature.isDer(signature);
        };
    }

    /** RFC 8230 §2: mask and salt are of the hash's kind and length. */
    private Optional<AlgorithmParameterSpec> parameters() {
        return switch (this) {
            case PS256 -> Optional.of(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            case PS384 -> Optional.of(new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1));
            case PS512 -> Optional.of(new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
            default -> Optional.empty();
        };
    }

    /** The name of the hash that it signs; empty where the signature has none of its own. */
    Optional<String> hash() {
        return switch (this) {
            case ES256, ESP256, PS256, RS256 -> Optional.of("SHA-256");
            case ES384, ESP384, PS384, RS384 -> Optional.of("SHA-384");
            case ES512, ESP512, PS512, RS512 -> Optional.of("SHA-512");
            case RS1 -> Optional.of("SHA-1");
            case EDDSA, ED25519, ED448 -> Optional.empty();
        };
    }
}
