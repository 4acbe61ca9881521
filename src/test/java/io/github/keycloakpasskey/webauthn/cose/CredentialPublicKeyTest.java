package io.github.keycloakpasskey.webauthn.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.CoseKeys;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credential public keys and what they verify, WebAuthn Level 3 §5.8.5, §6.5.1 and §6.5.5. */
@Shows(Threat.WEAK_KEY)
class CredentialPublicKeyTest {

    private static final Bytes MESSAGE = utf8("signed by an authenticator");

    private static final KeyPair P256 = ec("secp256r1");
    private static final KeyPair P384 = ec("secp384r1");
    private static final KeyPair P521 = ec("secp521r1");
    private static final KeyPair ED25519 = edwards("Ed25519");
    private static final KeyPair ED448 = edwards("Ed448");
    private static final KeyPair RSA = rsa();

    /** The order of P-256. */
    private static final BigInteger N =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    @ParameterizedTest
    @EnumSource
    void everyAlgorithmVerifiesItsOwnSignaturesAlone(CoseAlgorithm algorithm) throws Exception {
        CredentialPublicKey key = CredentialPublicKey.parse(encode(parameters(algorithm)));
        byte[] signature = sign(algorithm);

        assertThat(key.algorithm()).isEqualTo(algorithm);
        assertThat(key.verifies(Bytes.of(signature), MESSAGE)).isTrue();
        assertThat(key.verifies(Bytes.of(signature), utf8("something else"))).isFalse();
        assertThat(key.verifies(Bytes.of(new byte[0]), MESSAGE)).isFalse();
        assertThat(key.verifies(Bytes.of(new byte[signature.length]), MESSAGE)).isFalse();
        assertThat(key.verifies(Bytes.of(Arrays.copyOf(signature, signature.length - 1)), MESSAGE))
                .isFalse();
        assertThat(key.verifies(Bytes.of(Arrays.copyOf(signature, signature.length + 1)), MESSAGE))
                .isFalse();
    }

    static Stream<Arguments> keysThatAreNone() {
        return Stream.of(
                wrong("no kind", CoseAlgorithm.ES256, key -> key.remove(1)),
                wrong("another kind", CoseAlgorithm.ES256, key -> key.put(1, 3)),
                wrong("a kind that is a text", CoseAlgorithm.ES256, key -> key.put(1, "EC2")),
                wrong("no algorithm", CoseAlgorithm.ES256, key -> key.remove(3)),
                wrong("an algorithm that is a text", CoseAlgorithm.ES256, key -> key.put(3, "ES256")),
                wrong("a private part", CoseAlgorithm.ES256, key -> key.put(-4, new byte[32])),
                wrong("a private part of EdDSA", CoseAlgorithm.EDDSA, key -> key.put(-4, new byte[32])),
                wrong("a private part of RSA", CoseAlgorithm.RS256, key -> key.put(-3, new byte[256])),
                wrong("a private part beside an operation", CoseAlgorithm.ES256, key -> {
                    key.put(4, List.of(1, 2));
                    key.put(-4, new byte[32]);
                }),
                wrong("operations without verify", CoseAlgorithm.ES256, key -> key.put(4, List.of(1))),
                wrong("no operation", CoseAlgorithm.ES256, key -> key.put(4, List.of())),
                wrong("an operation of somebody's own", CoseAlgorithm.ES256, key -> key.put(4, List.of("verify"))),
                wrong("an operation that is no list", CoseAlgorithm.ES256, key -> key.put(4, 2)),
                wrong("an id that is a text", CoseAlgorithm.ES256, key -> key.put(2, "id")),
                wrong("a Base IV that is a number", CoseAlgorithm.ES256, key -> key.put(5, 1)),
                wrong("a common label that does not exist", CoseAlgorithm.ES256, key -> key.put(6, new byte[1])),
                wrong("label 0", CoseAlgorithm.ES256, key -> key.put(0, new byte[1])),
                wrong("a parameter of somebody's own", CoseAlgorithm.ES256, key -> key.put("own", 1)),
                wrong("ES256 on P-384", CoseAlgorithm.ES384, key -> key.put(3, -7)),
                wrong("ES384 on P-256", CoseAlgorithm.ES256, key -> key.put(3, -35)),
                wrong("ES512 on P-256", CoseAlgorithm.ES256, key -> key.put(3, -36)),
                wrong("ESP256 on P-384", CoseAlgorithm.ES384, key -> key.put(3, -9)),
                wrong("another curve's number", CoseAlgorithm.ES256, key -> key.put(-1, 2)),
                wrong("no curve", CoseAlgorithm.ES256, key -> key.remove(-1)),
                wrong("no x", CoseAlgorithm.ES256, key -> key.remove(-2)),
                wrong("no y", CoseAlgorithm.ES256, key -> key.remove(-3)),
                wrong("a compressed point", CoseAlgorithm.ES256, key -> key.put(-3, true)),
                wrong("x that is null", CoseAlgorithm.ES256, key -> key.put(-2, "")),
                wrong("x too short", CoseAlgorithm.ES256, key -> resize(key, -2, 31)),
                wrong("y too long", CoseAlgorithm.ES256, key -> resize(key, -3, 33)),
                wrong("x with a zero in front", CoseAlgorithm.ES256, key -> key.put(-2, zeroBefore(key.get(-2)))),
                wrong("a point off the curve", CoseAlgorithm.ES256, key -> ((byte[]) key.get(-3))[31] ^= 1),
                wrong("a point off P-521", CoseAlgorithm.ES512, key -> ((byte[]) key.get(-3))[65] ^= 1),
                wrong("the point of zeros", CoseAlgorithm.ES256, key -> {
                    key.put(-2, new byte[32]);
                    key.put(-3, new byte[32]);
                }),
                wrong("a coordinate above the prime", CoseAlgorithm.ES256, key -> {
                    // x = 5 has a point on P-256, and so would x + p, which fits into 32 bytes too.
                    key.put(-2, hex("ffffffff00000001000000000000000000000001000000000000000000000004"));
                    key.put(-3, hex("459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc"));
                }),
                wrong("EdDSA on Ed448", CoseAlgorithm.ED448, key -> key.put(3, -8)),
                wrong("Ed25519 of 31 bytes", CoseAlgorithm.EDDSA, key -> resize(key, -2, 31)),
                wrong("Ed25519 of 33 bytes", CoseAlgorithm.EDDSA, key -> resize(key, -2, 33)),
                wrong("Ed25519 on X25519", CoseAlgorithm.EDDSA, key -> key.put(-1, 4)),
                wrong("Ed448 of 56 bytes", CoseAlgorithm.ED448, key -> resize(key, -2, 56)),
                wrong("RSA, even modulus", CoseAlgorithm.RS256, key -> ((byte[]) key.get(-1))[255] &= (byte) 0xfe),
                wrong("RSA, 2047 bits", CoseAlgorithm.RS256, key -> ((byte[]) key.get(-1))[0] = 0x7f),
                wrong("RSA, 1024 bits", CoseAlgorithm.RS256, key -> resize(key, -1, 128)),
                wrong("RSA, 8200 bits", CoseAlgorithm.RS256, key -> key.put(-1, ones(1025))),
                wrong("RSA, zero in front", CoseAlgorithm.RS256, key -> key.put(-1, zeroBefore(key.get(-1)))),
                wrong("RSA, exponent with a zero in front", CoseAlgorithm.RS256, key -> key.put(-2, hex("00010001"))),
                wrong("RSA, empty modulus", CoseAlgorithm.RS256, key -> key.put(-1, new byte[0])),
                wrong("RSA, empty exponent", CoseAlgorithm.RS256, key -> key.put(-2, new byte[0])),
                wrong("RSA, exponent 1", CoseAlgorithm.RS256, key -> key.put(-2, hex("01"))),
                wrong("RSA, exponent 3", CoseAlgorithm.RS256, key -> key.put(-2, hex("03"))),
                wrong("RSA, even exponent", CoseAlgorithm.RS256, key -> key.put(-2, hex("010002"))),
                wrong("RSA, an exponent as long as the modulus", CoseAlgorithm.RS256, key -> key.put(-2, ones(256))),
                wrong("RSA, exponent of a number", CoseAlgorithm.RS256, key -> key.put(-2, 65537)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keysThatAreNone")
    void refusesAKeyThatIsNone(String name, CoseAlgorithm algorithm, Consumer<Map<Object, Object>> change) {
        Map<Object, Object> parameters = parameters(algorithm);
        change.accept(parameters);

        assertUnusable(encode(parameters));
    }

    /** Points of order 1, 2, 4 and 8, and encodings above the prime: under these anybody can sign. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                // y = 2 is not on the curve.
                "0200000000000000000000000000000000000000000000000000000000000000",
            })
    void refusesAnEdwardsPointThatIsNoKey(String encoded) {
        Map<Object, Object> parameters = parameters(CoseAlgorithm.EDDSA);
        parameters.put(-2, hex(encoded));

        assertUnusable(encode(parameters));
    }

    /** Of order 4, 1 and 2: y is 0, 1 and -1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000"
                        + "00000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000"
                        + "00000000000000000000000000000000000000000000000000000000",
                "fefffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
                        + "ffffffffffffffffffffffffffffffffffffffffffffffffffffff00",
            })
    void refusesTheSmallPointsOfEd448(String encoded) {
        Map<Object, Object> parameters = parameters(CoseAlgorithm.ED448);
        parameters.put(-2, hex(encoded));

        assertUnusable(encode(parameters));
    }

    @Test
    void refusesWhatStandsBehindAKey() {
        Bytes key = encode(parameters(CoseAlgorithm.ES256));

        assertUnusable(key.concat(Bytes.of(new byte[1])));
        assertUnusable(Bytes.of(new byte[0]));
    }

    @Test
    void saysThatAnAlgorithmIsUnknown() {
        Map<Object, Object> parameters = parameters(CoseAlgorithm.ES256);
        parameters.put(3, -47);

        assertThatExceptionOfType(UnknownAlgorithmException.class)
                .isThrownBy(() -> CredentialPublicKey.parse(encode(parameters)));
    }

    @Test
    void readsAKeyWhoseParametersStandInAnyOrder() throws UnusableKeyException {
        Map<Object, Object> reversed = new LinkedHashMap<>();
        Map<Object, Object> parameters = parameters(CoseAlgorithm.ES256);
        List.of(-3, -2, -1, 3, 1).forEach(label -> reversed.put(label, parameters.get(label)));

        assertThat(CredentialPublicKey.parse(encode(reversed)).algorithm()).isEqualTo(CoseAlgorithm.ES256);
    }

    static Stream<Arguments> parametersOfUse() {
        return Stream.of(
                tolerated("the operation verify, as a Nitrokey sends it", key -> key.put(4, List.of(2))),
                tolerated("two operations", key -> key.put(4, List.of(1, 2))),
                tolerated("an operation of a later registry", key -> key.put(4, List.of("own", 2))),
                tolerated("an id", key -> key.put(2, new byte[] {1})),
                tolerated("a Base IV", key -> key.put(5, new byte[8])),
                tolerated("all of them", key -> {
                    key.put(2, new byte[0]);
                    key.put(4, List.of(2));
                    key.put(5, new byte[0]);
                }));
    }

    private static Arguments tolerated(String name, Consumer<Map<Object, Object>> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parametersOfUse")
    void aKeyMaySayWhatItIsFor(String name, Consumer<Map<Object, Object>> change) throws Exception {
        for (CoseAlgorithm algorithm : List.of(CoseAlgorithm.ES256, CoseAlgorithm.EDDSA, CoseAlgorithm.RS256)) {
            Map<Object, Object> parameters = parameters(algorithm);
            change.accept(parameters);
            Bytes cose = encode(parameters);

            CredentialPublicKey key = CredentialPublicKey.parse(cose);

            assertThat(key.cose()).isEqualTo(cose);
            assertThat(key.verifies(Bytes.of(sign(algorithm)), MESSAGE)).isTrue();
        }
    }

    static Stream<Arguments> ecdsaSignaturesThatAreNone() throws Exception {
        byte[] signature = sign(CoseAlgorithm.ES256);
        BigInteger r = number(signature, 4);
        BigInteger s = number(signature, 4 + signature[3] + 2);
        return Stream.of(
                Arguments.of("r = 0", der(BigInteger.ZERO, s)),
                Arguments.of("s = 0", der(r, BigInteger.ZERO)),
                Arguments.of("both 0", der(BigInteger.ZERO, BigInteger.ZERO)),
                Arguments.of("r + n", der(r.add(N), s)),
                Arguments.of("s + n", der(r, s.add(N))),
                Arguments.of("r = n", der(N, s)),
                Arguments.of("below zero", der(r.negate(), s)),
                Arguments.of("a length in two bytes", lengthInTwoBytes(signature)),
                Arguments.of("a zero in front", zeroInFront(r, s)),
                Arguments.of("without DER", raw(r, s)),
                Arguments.of("a third number", thirdNumber(r, s)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ecdsaSignaturesThatAreNone")
    void refusesAnEcdsaSignatureInAnotherForm(String name, byte[] signature) throws UnusableKeyException {
        CredentialPublicKey key = CredentialPublicKey.parse(encode(parameters(CoseAlgorithm.ES256)));

        assertThat(key.verifies(Bytes.of(signature), MESSAGE)).as(name).isFalse();
    }

    @Test
    void refusesAnEdwardsSignatureWhoseNumberIsTooLarge() throws Exception {
        CredentialPublicKey key = CredentialPublicKey.parse(encode(parameters(CoseAlgorithm.EDDSA)));
        byte[] signature = sign(CoseAlgorithm.EDDSA);
        BigInteger order = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
        Bytes number = Bytes.of(Arrays.copyOfRange(signature, 32, 64));
        byte[] larger = unsigned(number.reversed().toUnsignedInteger().add(order), 32);
        Bytes changed =
                Bytes.of(Arrays.copyOf(signature, 32)).concat(Bytes.of(larger).reversed());

        assertThat(key.verifies(changed, MESSAGE)).isFalse();
    }

    private static void assertUnusable(Bytes cose) {
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> CredentialPublicKey.parse(cose))
                .isNotInstanceOf(UnknownAlgorithmException.class);
    }

    private static Arguments wrong(String name, CoseAlgorithm algorithm, Consumer<Map<Object, Object>> change) {
        return Arguments.of(name, algorithm, change);
    }

    private static KeyPair keyPair(CoseAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256, ESP256 -> P256;
            case ES384, ESP384 -> P384;
            case ES512, ESP512 -> P521;
            case EDDSA, ED25519 -> ED25519;
            case ED448 -> ED448;
            case PS256, PS384, PS512, RS256, RS384, RS512, RS1 -> RSA;
        };
    }

    private static byte[] sign(CoseAlgorithm algorithm) throws GeneralSecurityException {
        Signature signature =
                switch (algorithm) {
                    case ES256, ESP256 -> Signature.getInstance("SHA256withECDSA");
                    case ES384, ESP384 -> Signature.getInstance("SHA384withECDSA");
                    case ES512, ESP512 -> Signature.getInstance("SHA512withECDSA");
                    case EDDSA, ED25519 -> Signature.getInstance("Ed25519");
                    case ED448 -> Signature.getInstance("Ed448");
                    case PS256 -> pss(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                    case PS384 -> pss(new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1));
                    case PS512 -> pss(new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
                    case RS256 -> Signature.getInstance("SHA256withRSA");
                    case RS384 -> Signature.getInstance("SHA384withRSA");
                    case RS512 -> Signature.getInstance("SHA512withRSA");
                    case RS1 -> Signature.getInstance("SHA1withRSA");
                };
        signature.initSign(keyPair(algorithm).getPrivate());
        signature.update(MESSAGE.toByteArray());
        return signature.sign();
    }

    private static Signature pss(AlgorithmParameterSpec parameters) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(parameters);
        return signature;
    }

    private static Map<Object, Object> parameters(CoseAlgorithm algorithm) {
        Map<Object, Object> key = new LinkedHashMap<>();
        KeyPair pair = keyPair(algorithm);
        if (pair.getPublic() instanceof ECPublicKey ec) {
            int bytes = (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8;
            key.put(1, 2);
            key.put(3, algorithm.number());
            key.put(-1, pair == P256 ? 1 : pair == P384 ? 2 : 3);
            key.put(-2, unsigned(ec.getW().getAffineX(), bytes));
            key.put(-3, unsigned(ec.getW().getAffineY(), bytes));
        } else if (pair.getPublic() instanceof EdECPublicKey) {
            // The last bytes of a SubjectPublicKeyInfo are the key as COSE has it.
            byte[] info = pair.getPublic().getEncoded();
            int bytes = pair == ED25519 ? 32 : 57;
            key.put(1, 1);
            key.put(3, algorithm.number());
            key.put(-1, pair == ED25519 ? 6 : 7);
            key.put(-2, Arrays.copyOfRange(info, info.length - bytes, info.length));
        } else if (pair.getPublic() instanceof RSAPublicKey rsa) {
            key.put(1, 3);
            key.put(3, algorithm.number());
            key.put(-1, unsigned(rsa.getModulus(), 256));
            key.put(-2, hex("010001"));
        } else {
            fail("no such key");
        }
        return key;
    }

    private static Bytes encode(Map<Object, Object> parameters) {
        return Bytes.of(CoseKeys.encode(parameters));
    }

    private static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair edwards(String curve) {
        try {
            return KeyPairGenerator.getInstance(curve).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void resize(Map<Object, Object> key, int label, int length) {
        key.put(label, Arrays.copyOf((byte[]) key.get(label), length));
    }

    private static byte[] zeroBefore(Object bytes) {
        return Bytes.of(new byte[1]).concat(Bytes.of((byte[]) bytes)).toByteArray();
    }

    private static byte[] ones(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[length];
        int copied = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - copied, padded, length - copied, copied);
        return padded;
    }

    private static BigInteger number(byte[] der, int from) {
        return new BigInteger(Arrays.copyOfRange(der, from, from + der[from - 1]));
    }

    private static byte[] der(BigInteger... numbers) {
        return sequence(Stream.of(numbers).map(BigInteger::toByteArray).toArray(byte[][]::new));
    }

    private static byte[] sequence(byte[]... numbers) {
        Bytes content = Bytes.of(new byte[0]);
        for (byte[] number : numbers) {
            content = content.concat(Bytes.of(new byte[] {2, (byte) number.length}))
                    .concat(Bytes.of(number));
        }
        return Bytes.of(new byte[] {0x30, (byte) content.size()})
                .concat(content)
                .toByteArray();
    }

    private static byte[] lengthInTwoBytes(byte[] signature) {
        return Bytes.of(new byte[] {0x30, (byte) 0x81})
                .concat(Bytes.of(signature).slice(1, signature.length))
                .toByteArray();
    }

    private static byte[] zeroInFront(BigInteger r, BigInteger s) {
        return sequence(zeroBefore(r.toByteArray()), s.toByteArray());
    }

    private static byte[] thirdNumber(BigInteger r, BigInteger s) {
        return der(r, s, BigInteger.ONE);
    }

    private static byte[] raw(BigInteger r, BigInteger s) {
        return Bytes.of(unsigned(r, 32)).concat(Bytes.of(unsigned(s, 32))).toByteArray();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
