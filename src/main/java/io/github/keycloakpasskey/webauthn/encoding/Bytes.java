package io.github.keycloakpasskey.webauthn.encoding;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** An immutable byte string. Copied on the way in and on the way out; compared in constant time. */
public final class Bytes {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    public static Bytes of(byte[] value) {
        return new Bytes(value.clone());
    }

    /**
     * Decodes base64url (RFC 4648 §5), as all JSON of WebAuthn writes binary members.
     *
     * @throws IllegalArgumentException if the text is not base64url
     */
    public static Bytes ofBase64Url(String text) {
        return new Bytes(DECODER.decode(text));
    }

    /**
     * Decodes base64url or standard base64 (RFC 4648 §4), with or without padding. Older WebKit and some password
     * managers write standard base64.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static Bytes ofBase64(String text) {
        return ofBase64Url(text.replace('+', '-').replace('/', '_'));
    }

    public byte[] toByteArray() {
        return value.clone();
    }

    /** Base64url without padding. */
    public String toBase64Url() {
        return ENCODER.encodeToString(value);
    }

    /** The length in bytes. */
    public int size() {
        return value.length;
    }

    public Bytes sha256() {
        return digest("SHA-256");
    }

    /** For identifiers that are defined by it, never for proofs. */
    public Bytes sha1() {
        return digest("SHA-1");
    }

    private Bytes digest(String algorithm) {
        try {
            return new Bytes(MessageDigest.getInstance(algorithm).digest(value));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + algorithm, impossible);
        }
    }

    /** These bytes followed by the others. */
    public Bytes concat(Bytes other) {
        byte[] both = Arrays.copyOf(value, value.length + other.value.length);
        System.arraycopy(other.value, 0, both, value.length, other.value.length);
        return new Bytes(both);
    }

    /**
     * The bytes from one position (included) to another (excluded).
     *
     * @throws IndexOutOfBoundsException if these bytes end before that
     */
    public Bytes slice(int from, int to) {
        if (from < 0 || from > to || to > value.length) {
            throw new IndexOutOfBoundsException("bytes " + from + " to " + to + " of " + value.length);
        }
        return new Bytes(Arrays.copyOfRange(value, from, to));
    }

    /** The same bytes, the last one first. */
    public Bytes reversed() {
        byte[] reversed = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            reversed[i] = value[value.length - 1 - i];
        }
        return new Bytes(reversed);
    }

    /** The number that these bytes are, the highest one first. */
    public BigInteger toUnsignedInteger() {
        return new BigInteger(1, value);
    }

    public byte at(int position) {
        return value[position];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && MessageDigest.isEqual(value, bytes.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** Base64url, as the bytes appear in every other place. */
    @Override
    public String toString() {
        return toBase64Url();
    }
}
