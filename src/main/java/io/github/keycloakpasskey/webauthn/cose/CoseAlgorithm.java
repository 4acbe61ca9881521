package io.github.keycloakpasskey.webauthn.cose;

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
 * The signature algorithms that can be verified, with their numbers in the IANA COSE registry. The policy decides which
 * of them are offered to browsers.
 */
public enum CoseAlgorithm {
    ES256(-7, CoseKeyType.EC2, "SHA256withECDSA"),
    EDDSA(-8, CoseKeyType.OKP, "Ed25519"),
    /** ECDSA on P-256 only (RFC 9864). ED25519, ESP384, ESP512 and ED448 name one curve each in the same way. */
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

    /** The number in the IANA COSE registry. */
    public int number() {
        return number;
    }

    /** The algorithm with that number; empty if it cannot be verified. */
    public static Optional<CoseAlgorithm> ofNumber(long number) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.number == number)
                .findFirst();
    }

    CoseKeyType keyType() {
        return keyType;
    }

    /** Whether it is a signature of the data by that key. False for a key of another type. */
    public boolean verifies(PublicKey key, Bytes signature, Bytes data) {
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

    /** §6.5.5. The JDK also accepts ECDSA signatures in BER, and bytes after an EdDSA signature. */
    private boolean hasItsForm(Bytes signature) {
        return switch (this) {
            case EDDSA, ED25519 -> signature.size() == ED25519_SIGNATURE_BYTES;
            case ED448 -> signature.size() == ED448_SIGNATURE_BYTES;
            default -> keyType != CoseKeyType.EC2 || EcdsaSignature.isDer(signature);
        };
    }

    /** RFC 8230 §2: the mask uses the same hash, and the salt has its length. */
    private Optional<AlgorithmParameterSpec> parameters() {
        return switch (this) {
            case PS256 -> Optional.of(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            case PS384 -> Optional.of(new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1));
            case PS512 -> Optional.of(new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
            default -> Optional.empty();
        };
    }

    /** The Java name of the hash that is signed; empty for EdDSA, which does not sign a separate hash. */
    public Optional<String> hash() {
        return switch (this) {
            case ES256, ESP256, PS256, RS256 -> Optional.of("SHA-256");
            case ES384, ESP384, PS384, RS384 -> Optional.of("SHA-384");
            case ES512, ESP512, PS512, RS512 -> Optional.of("SHA-512");
            case RS1 -> Optional.of("SHA-1");
            case EDDSA, ED25519, ED448 -> Optional.empty();
        };
    }
}
