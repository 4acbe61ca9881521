package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/**
 * The public area of a key in a TPM: a TPMT_PUBLIC (TPM 2.0 Library, part 2, §12.2.4).
 *
 * @param bytes the encoded structure, which the name of the key hashes
 * @param nameAlgorithm the number of the hash algorithm in the name of the key, two bytes
 * @param key the public key
 */
record TpmPublicArea(Bytes bytes, Bytes nameAlgorithm, Key key) {

    /** The {@code parameters} and {@code unique} fields. */
    private sealed interface Key {

        boolean is(PublicKey other);
    }

    private record Rsa(int bits, BigInteger exponent, BigInteger modulus) implements Key {

        @Override
        public boolean is(PublicKey other) {
            return other instanceof RSAPublicKey rsa
                    && rsa.getModulus().bitLength() == bits
                    && rsa.getModulus().equals(modulus)
                    && rsa.getPublicExponent().equals(exponent);
        }
    }

    private record Ecc(int coordinateBits, BigInteger x, BigInteger y) implements Key {

        @Override
        public boolean is(PublicKey other) {
            return other instanceof ECPublicKey ec
                    && ec.getParams().getCurve().getField().getFieldSize() == coordinateBits
                    && ec.getW().getAffineX().equals(x)
                    && ec.getW().getAffineY().equals(y);
        }
    }

    private static final int TPM_ALG_RSA = 0x0001;
    private static final int TPM_ALG_ECC = 0x0023;
    private static final int TPM_ALG_NULL = 0x0010;
    private static final int TPM_ALG_RSAES = 0x0015;
    private static final int TPM_ALG_ECDAA = 0x001a;

    private static final int OBJECT_ATTRIBUTES_BYTES = 4;
    private static final int RSA_EXPONENT_BYTES = 4;

    private static final int TPM_ECC_NIST_P256 = 3;
    private static final int TPM_ECC_NIST_P384 = 4;
    private static final int TPM_ECC_NIST_P521 = 5;

    static TpmPublicArea parse(Bytes pubArea) throws AttestationException {
        TpmReader reader = new TpmReader(pubArea);
        int type = reader.unsignedShort();
        Bytes nameAlgorithm = reader.bytes(2);
        reader.bytes(OBJECT_ATTRIBUTES_BYTES);
        reader.sized(); // authPolicy
        // Signing keys have no symmetric algorithm: they protect no child keys.
        AttestationException.require(reader.unsignedShort() == TPM_ALG_NULL);
        skipScheme(reader);
        Key key =
                switch (type) {
                    case TPM_ALG_RSA -> rsa(reader);
                    case TPM_ALG_ECC -> ecc(reader);
                    default -> throw new AttestationException();
                };
        reader.end();
        return new TpmPublicArea(pubArea, nameAlgorithm, key);
    }

    /** TPMT_RSA_SCHEME, TPMT_ECC_SCHEME, TPMT_KDF_SCHEME: a scheme, followed by its hash unless it needs none. */
    private static void skipScheme(TpmReader reader) throws AttestationException {
        int scheme = reader.unsignedShort();
        if (scheme != TPM_ALG_NULL && scheme != TPM_ALG_RSAES) {
            reader.unsignedShort();
        }
        if (scheme == TPM_ALG_ECDAA) {
            reader.unsignedShort();
        }
    }

    private static Rsa rsa(TpmReader reader) throws AttestationException {
        int bits = reader.unsignedShort();
        BigInteger exponent = reader.bytes(RSA_EXPONENT_BYTES).toUnsignedInteger();
        // Part 2, §12.2.3.5: zero means the default exponent.
        BigInteger meant = exponent.signum() == 0 ? BigInteger.valueOf(65537) : exponent;
        return new Rsa(bits, meant, reader.sized().toUnsignedInteger());
    }

    private static Ecc ecc(TpmReader reader) throws AttestationException {
        int bits =
                switch (reader.unsignedShort()) {
                    case TPM_ECC_NIST_P256 -> 256;
                    case TPM_ECC_NIST_P384 -> 384;
                    case TPM_ECC_NIST_P521 -> 521;
                    default -> throw new AttestationException();
                };
        skipScheme(reader);
        return new Ecc(bits, reader.sized().toUnsignedInteger(), reader.sized().toUnsignedInteger());
    }

    /** Whether it describes that public key. */
    boolean isOf(PublicKey credentialKey) {
        return key.is(credentialKey);
    }

    /** The Java name of the hash algorithm in the name of the key; empty if it is not a known one. */
    Optional<String> nameHash() {
        return switch (nameAlgorithm.toUnsignedInteger().intValue()) {
            case 0x0004 -> Optional.of("SHA-1");
            case 0x000b -> Optional.of("SHA-256");
            case 0x000c -> Optional.of("SHA-384");
            case 0x000d -> Optional.of("SHA-512");
            default -> Optional.empty();
        };
    }
}
