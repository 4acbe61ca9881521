package io.github.keycloakpasskey.webauthn.encoding;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One DER element (X.690), as in the extensions of certificates and in ECDSA signatures. DER has one encoding for each
 * value. Every method that reads an element checks that encoding, and throws {@link MalformedException} if it differs.
 *
 * @param tag the identifier octet in the lowest eight bits; a tag number above 30 is in the bits above these
 * @param content the content octets
 */
public record Der(int tag, Bytes content) {

    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int ENUMERATED = 0x0a;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    private static final int LARGE_NUMBER_FOLLOWS = 0x1f;
    private static final int MORE_FOLLOW = 0x80;
    private static final int SEVEN_BITS = 0x7f;

    /** Android key attestation uses numbers up to the hundreds. */
    private static final int LARGEST_NUMBER = 0xffff;

    /** The tag of a constructed, context-specific element, {@code [number]} in ASN.1 with explicit tagging. */
    public static int context(int number) {
        return number < LARGE_NUMBER_FOLLOWS ? (0xa0 | number) : 0xa0 | LARGE_NUMBER_FOLLOWS | (number << Byte.SIZE);
    }

    /** Reads one element; bytes after it are malformed. */
    public static Der read(Bytes source) throws MalformedException {
        List<Der> elements = readAll(source);
        MalformedException.require(elements.size() == 1);
        return elements.get(0);
    }

    private static List<Der> readAll(Bytes source) throws MalformedException {
        List<Der> elements = new ArrayList<>();
        Reader reader = new Reader(source);
        while (reader.position < source.size()) {
            elements.add(reader.element());
        }
        return elements;
    }

    /** Returns this element if it has the expected tag. */
    public Der require(int expected) throws MalformedException {
        MalformedException.require(tag == expected);
        return this;
    }

    /** The elements in a constructed element. */
    public List<Der> children() throws MalformedException {
        return readAll(content);
    }

    /** The first child with that tag. */
    public Optional<Der> child(int wanted) throws MalformedException {
        return children().stream().filter(child -> child.tag == wanted).findFirst();
    }

    /** The child of an element that has exactly one. */
    public Der onlyChild() throws MalformedException {
        return read(content);
    }

    /** The value of an INTEGER or ENUMERATED, in its shortest form. */
    public BigInteger integer() throws MalformedException {
        MalformedException.require(tag == INTEGER || tag == ENUMERATED);
        MalformedException.require(content.size() > 0);
        BigInteger value = new BigInteger(content.toByteArray());
        MalformedException.require(value.toByteArray().length == content.size());
        return value;
    }

    private static final class Reader {

        private final Bytes source;
        private int position;

        Reader(Bytes source) {
            this.source = source;
        }

        Der element() throws MalformedException {
            int tag = tag();
            int length = length();
            MalformedException.require(length <= source.size() - position);
            Bytes content = source.slice(position, position + length);
            position += length;
            return new Der(tag, content);
        }

        private int tag() throws MalformedException {
            int first = next();
            if ((first & LARGE_NUMBER_FOLLOWS) != LARGE_NUMBER_FOLLOWS) {
                return first;
            }
            int number = 0;
            int part;
            do {
                part = next();
                number = (number << 7) | (part & SEVEN_BITS);
                MalformedException.require(number > 0 && number <= LARGEST_NUMBER);
            } while ((part & MORE_FOLLOW) != 0);
            MalformedException.require(number >= LARGE_NUMBER_FOLLOWS);
            return first | (number << Byte.SIZE);
        }

        /** The shortest definite form. Three bytes of length exceed everything in a ceremony. */
        private int length() throws MalformedException {
            int first = next();
            if (first < MORE_FOLLOW) {
                return first;
            }
            int bytes = first & SEVEN_BITS;
            MalformedException.require(bytes >= 1 && bytes <= 3);
            int length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << Byte.SIZE) | next();
            }
            int shortest = length < MORE_FOLLOW ? 0 : (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            MalformedException.require(bytes == shortest);
            return length;
        }

        private int next() throws MalformedException {
            MalformedException.require(position < source.size());
            return Byte.toUnsignedInt(source.at(position++));
        }
    }
}
