package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decoy passkeys for names without passkeys (§14.6.2). With them, the options for a username do not reveal whether the
 * account exists or has passkeys.
 *
 * <p>A name gets the same decoys as long as the secret stays the same. Each decoy has a public key, so verifying an answer
 * takes the same steps as with a real passkey. Verification always fails, because nobody keeps the private key.
 */
public final class DecoyCredentials {

    private static final String HMAC = "HmacSHA256";
    private static final int SHORTEST_SECRET = 16;
    // This text must never change: with another one, each name would get new decoys, which real passkeys do not do.
    private static final byte[] PURPOSE = "keycloak-passkey imaginary credentials".getBytes(StandardCharsets.UTF_8);

    /** The id sizes in bytes and the reported transports of authenticators in use. */
    private static final List<Shape> SHAPES = List.of(
            new Shape(20, List.of("hybrid", "internal")),
            new Shape(16, List.of("hybrid", "internal")),
            new Shape(32, List.of("internal")),
            new Shape(32, List.of("hybrid", "internal")),
            new Shape(64, List.of("nfc", "usb")));

    private static final int COORDINATE = 32;

    /** The constant parts of a COSE key for ES256 (RFC 9053 §7.1.1): before x, and between x and y. */
    private static final Bytes BEFORE_X = Bytes.ofBase64Url("pQECAyYgASFYIA");

    private static final Bytes BEFORE_Y = Bytes.ofBase64Url("Ilgg");

    private static final Bytes PUBLIC_KEY = newPublicKey();

    private final byte[] key;

    /**
     * @param secret known to this server only, at least 16 bytes; a key is derived from it
     */
    public DecoyCredentials(Bytes secret) {
        if (secret.size() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("a secret has at least " + SHORTEST_SECRET + " bytes");
        }
        this.key = hmac(secret.toByteArray(), PURPOSE);
    }

    /**
     * The decoys of a name, one or two.
     *
     * @param name the username that was entered, in a normalized spelling, or the id of a user
     */
    public List<CredentialRecord> of(String name) {
        byte[] seed = hmac(key, name.getBytes(StandardCharsets.UTF_8));
        int count = seed[0] % 4 == 0 ? 2 : 1;
        List<CredentialRecord> credentials = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            Shape shape = SHAPES.get(Byte.toUnsignedInt(seed[number]) % SHAPES.size());
            credentials.add(credential(shape, seed, number));
        }
        return credentials;
    }

    /**
     * The refusal of an answer that names a passkey which is not stored. It fails in the step in which it would fail for a
     * stored passkey; if it is correct otherwise, its signature fails.
     *
     * @param userKnown see {@link AuthenticationExpectation}
     */
    public FailureReason refusal(
            RelyingParty relyingParty, Challenge challenge, AuthenticationResponse response, boolean userKnown) {
        Bytes id = response.credentialId();
        Bytes unguessable = Bytes.of(hmac(key, id.toByteArray()));
        AuthenticationExpectation expected =
                new AuthenticationExpectation(challenge, record(id, List.of()), unguessable, userKnown);
        return relyingParty
                .verifyAuthentication(expected, response)
                .refusal()
                .orElseThrow(() -> new IllegalStateException("nobody has the private key"));
    }

    private static CredentialRecord credential(Shape shape, byte[] seed, int number) {
        Bytes random = Bytes.of(hmac(seed, new byte[] {(byte) number, 0}))
                .concat(Bytes.of(hmac(seed, new byte[] {(byte) number, 1})));
        return record(random.slice(0, shape.idBytes()), shape.transports());
    }

    private static CredentialRecord record(Bytes id, List<String> transports) {
        return CredentialRecord.builder(id, PUBLIC_KEY)
                .transports(transports)
                .attestationFormat(Optional.of(AttestationFormat.NONE))
                .userVerified(true)
                .build();
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + HMAC, impossible);
        }
    }

    private static Bytes newPublicKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            ECPublicKey publicKey = (ECPublicKey) generator.generateKeyPair().getPublic();
            return BEFORE_X.concat(coordinate(publicKey.getW().getAffineX()))
                    .concat(BEFORE_Y)
                    .concat(coordinate(publicKey.getW().getAffineY()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has the curve P-256", impossible);
        }
    }

    private static Bytes coordinate(BigInteger value) {
        byte[] minimal = value.toByteArray();
        byte[] coordinate = new byte[COORDINATE];
        int length = Math.min(minimal.length, COORDINATE);
        System.arraycopy(minimal, minimal.length - length, coordinate, COORDINATE - length, length);
        return Bytes.of(coordinate);
    }

    /** The passkeys of one kind of authenticator. */
    private record Shape(int idBytes, List<String> transports) {}
}
