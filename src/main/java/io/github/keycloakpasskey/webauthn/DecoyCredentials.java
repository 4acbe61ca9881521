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
 * Passkeys that nobody has, for those who have none (§14.6.2): so that whoever types a user name
 * cannot tell from the answer whether there is such an account, or whether it has passkeys.
 *
 * <p>For the same name they are the same, as real ones are, as long as the secret is. Each has a public
 * key, so that judging an answer takes the steps that it takes with a real one; no answer is ever
 * right, as the private key has been thrown away.
 */
public final class DecoyCredentials {

    private static final String HMAC = "HmacSHA256";
    private static final int SHORTEST_SECRET = 16;
    private static final byte[] PURPOSE = "keycloak-passkey imaginary credentials".getBytes(StandardCharsets.UTF_8);

    /** What authenticators in use make: sizes of ids in bytes, and the transports that browsers report. */
    private static final List<Shape> SHAPES = List.of(
            new Shape(20, List.of("hybrid", "internal")),
            new Shape(16, List.of("hybrid", "internal")),
            new Shape(32, List.of("internal")),
            new Shape(32, List.of("hybrid", "internal")),
            new Shape(64, List.of("nfc", "usb")));

    private static final int COORDINATE = 32;

    /** A COSE key for ES256 (RFC 9053 §7.1.1), up to its x and between its x and its y. */
    private static final Bytes BEFORE_X = Bytes.ofBase64Url("pQECAyYgASFYIA");

    private static final Bytes BEFORE_Y = Bytes.ofBase64Url("Ilgg");

    private static final Bytes PUBLIC_KEY = newPublicKey();

    private final byte[] key;

    /**
     * @param secret what only the server knows, at least 16 bytes; not used for anything else than to
     *     derive a key from
     */
    public DecoyCredentials(Bytes secret) {
        if (secret.size() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("a secret has at least " + SHORTEST_SECRET + " bytes");
        }
        this.key = hmac(secret.toByteArray(), PURPOSE);
    }

    /**
     * The imaginary passkeys of a name, one or two.
     *
     * @param name who is asked about: what was typed, in one spelling, or the id of a user
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
     * Judges an answer that names a passkey which is not stored as it would be judged if it were: it fails in the same
     * step, and where nothing else is wrong with it, by its signature.
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

    /** How a kind of authenticator makes passkeys. */
    private record Shape(int idBytes, List<String> transports) {}
}
