package io.github.keycloakpasskey.bench;

import io.github.keycloakpasskey.testbed.Algorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/** A signature, and the JDK's check of it with a key that is ready: the least that any verification has to do. */
final class BareSignature {

    private final String jdkName;
    private final PublicKey key;
    private final byte[] signed;
    private final byte[] signature;

    BareSignature(Algorithm algorithm, byte[] subjectPublicKeyInfo, byte[] signed, byte[] signature) {
        jdkName = switch (algorithm) {
            case ES256 -> "SHA256withECDSA";
            case RS256 -> "SHA256withRSA";
            case EDDSA -> "Ed25519";
        };
        String keyAlgorithm =
                switch (algorithm) {
                    case ES256 -> "EC";
                    case RS256 -> "RSA";
                    case EDDSA -> "Ed25519";
                };
        try {
            key = KeyFactory.getInstance(keyAlgorithm).generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        this.signed = signed.clone();
        this.signature = signature.clone();
    }

    boolean verifies() {
        try {
            Signature verifier = Signature.getInstance(jdkName);
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
