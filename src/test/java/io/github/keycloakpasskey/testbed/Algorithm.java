package io.github.keycloakpasskey.testbed;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The signature algorithms of {@link SoftwareAuthenticator}, with their COSE numbers. */
public enum Algorithm {
    ES256(-7, "SHA256withECDSA"),
    RS256(-257, "SHA256withRSA"),
    EDDSA(-8, "Ed25519");

    private static final int KTY = 1;
    private static final int ALG = 3;
    private static final int OKP = 1;
    private static final int EC2 = 2;
    private static final int RSA = 3;
    private static final int P256 = 1;
    private static final int ED25519 = 6;

    private final int cose;
    private final String jdkName;

    Algorithm(int cose, String jdkName) {
        this.cose = cose;
        this.jdkName = jdkName;
    }

    /** The COSEAlgorithmIdentifier. */
    public int cose() {
        return cose;
    }

    KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator =
                    switch (this) {
                        case ES256 -> {
                            KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
                            ec.initialize(new ECGenParameterSpec("secp256r1"));
                            yield ec;
                        }
                        case RS256 -> {
                            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
                            rsa.initialize(2048);
                            yield rsa;
                        }
                        case EDDSA -> KeyPairGenerator.getInstance("Ed25519");
                    };
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(jdkName);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key as a COSE_Key map, in the order of its canonical encoding. */
    Map<Object, Object> coseKey(PublicKey key) {
        Map<Object, Object> cose = new LinkedHashMap<>();
        switch (this) {
            case ES256 -> {
                ECPublicKey ec = (ECPublicKey) key;
                cose.put(KTY, EC2);
                cose.put(ALG, this.cose);
                cose.put(-1, P256);
                cose.put(-2, unsigned(ec.getW().getAffineX(), 32));
                cose.put(-3, unsigned(ec.getW().getAffineY(), 32));
            }
            case RS256 -> {
                RSAPublicKey rsa = (RSAPublicKey) key;
                cose.put(KTY, RSA);
                cose.put(ALG, this.cose);
                cose.put(-1, unsigned(rsa.getModulus(), 256));
                cose.put(-2, unsigned(rsa.getPublicExponent(), 3));
            }
            case EDDSA -> {
                EdECPublicKey ed = (EdECPublicKey) key;
                cose.put(KTY, OKP);
                cose.put(ALG, this.cose);
                cose.put(-1, ED25519);
                cose.put(-2, ed25519Bytes(ed));
            }
        }
        return cose;
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[length];
        int copied = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - copied, padded, length - copied, copied);
        return padded;
    }

    /** RFC 8032: y little-endian, the highest bit says whether x is odd. */
    private static byte[] ed25519Bytes(EdECPublicKey key) {
        byte[] bytes = unsigned(key.getPoint().getY(), 32);
        for (int i = 0; i < bytes.length / 2; i++) {
            byte swapped = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = swapped;
        }
        byte[] encoded = Arrays.copyOf(bytes, 32);
        if (key.getPoint().isXOdd()) {
            encoded[31] |= (byte) 0x80;
        }
        return encoded;
    }
}
