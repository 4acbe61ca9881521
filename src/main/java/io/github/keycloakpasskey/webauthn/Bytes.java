package io.github.keycloakpasskey.webauthn;

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
        try {
            return new Bytes(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
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
    Bytes slice(int from, int to) {
        if (from < 0 || from > to || to > value.length) {
            throw new IndexOutOfBoundsException("bytes " + from + " to " + to + " of " + value.length);
        }
        return new Bytes(Arrays.copyOfRange(value, from, to));
    }

    byte at(int position) {
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
