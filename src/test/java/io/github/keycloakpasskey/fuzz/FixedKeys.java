package io.github.keycloakpasskey.fuzz;

import io.github.keycloakpasskey.testbed.Algorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** The same keys and signatures in every run: an input that was found in one means the same in the next. */
final class FixedKeys {

    private static final int RSA_BITS = 2048;

    private FixedKeys() {}

    static KeyPair of(Algorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(
                    switch (algorithm) {
                        case ES256 -> "EC";
                        case RS256 -> "RSA";
                        case EDDSA -> "Ed25519";
                    });
            switch (algorithm) {
                case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"), sameEachTime());
                case RS256 -> generator.initialize(RSA_BITS, sameEachTime());
                case EDDSA -> generator.initialize(255, sameEachTime());
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + algorithm, impossible);
        }
    }

    /** ES256, whose signatures hold a random number. */
    static byte[] es256(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key, sameEachTime());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has ES256", impossible);
        }
    }

    private static SecureRandom sameEachTime() throws GeneralSecurityException {
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed("keys for tests".getBytes(StandardCharsets.UTF_8));
        return random;
    }
}
