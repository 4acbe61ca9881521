package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One element of DER (X.690): what certificates say in their extensions, and ECDSA signatures. Each has
 * one encoding only, which is checked as far as it is read.
 *
 * @param tag the class in the two highest of the eight lowest bits, the number above them
 * @param otherwise the reason where it is not what it should be
 */
record Der(int tag, Bytes content, FailureReason otherwise) {

    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int ENUMERATED = 0x0a;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final int LARGE_NUMBER_FOLLOWS = 0x1f;
    private static final int MORE_FOLLOW = 0x80;
    private static final int SEVEN_BITS = 0x7f;

    /** Far above the tags that Android's key attestation uses. */
    private static final int LARGEST_NUMBER = 0xffff;

    /** The tag of a constructed, context-specific element: {@code [number]}, holding what it tags. */
    static int context(int number) {
        return number < LARGE_NUMBER_FOLLOWS ? (0xa0 | number) : 0xa0 | LARGE_NUMBER_FOLLOWS | (number << Byte.SIZE);
    }

    /** Reads one element and nothing behind it. */
    static Der read(Bytes source, FailureReason otherwise) throws CeremonyException {
        List<Der> elements = readAll(source, otherwise);
        CeremonyException.require(elements.size() == 1, otherwise);
        return elements.get(0);
    }

    private static List<Der> readAll(Bytes source, FailureReason otherwise) throws CeremonyException {
        List<Der> elements = new ArrayList<>();
        Reader reader = new Reader(source, otherwise);
        while (reader.position < source.size()) {
            elements.add(reader.element());
        }
        return elements;
    }

    /** This element, if it has that tag. */
    Der require(int expected) throws CeremonyException {
        CeremonyException.require(tag == expected, otherwise);
        return this;
    }

    /** What a constructed element holds. */
    List<Der> children() throws CeremonyException {
        return readAll(content, otherwise);
    }

    Optional<Der> child(int wanted) throws CeremonyException {
        return children().stream().filter(child -> child.tag == wanted).findFirst();
    }

    /** The one thing that it holds. */
    Der onlyChild() throws CeremonyException {
        return read(content, otherwise);
    }

    /** The value of an INTEGER or ENUMERATED, which is written in as few bytes as it can be. */
    BigInteger integer() throws CeremonyException {
        CeremonyException.require(tag == INTEGER || tag == ENUMERATED, otherwise);
        CeremonyException.require(content.size() > 0, otherwise);
        BigInteger value = new BigInteger(content.toByteArray());
        CeremonyException.require(value.toByteArray().length == content.size(), otherwise);
        return value;
    }

    private static final class Reader {

        private final Bytes source;
        private final FailureReason otherwise;
        private int position;

        Reader(Bytes source, FailureReason otherwise) {
            this.source = source;
            this.otherwise = otherwise;
        }

        Der element() throws CeremonyException {
            int tag = tag();
            int length = length();
            CeremonyException.require(length <= source.size() - position, otherwise);
            Bytes content = source.slice(position, position + length);
            position += length;
            return new Der(tag, content, otherwise);
        }

        private int tag() throws CeremonyException {
            int first = next();
            if ((first & LARGE_NUMBER_FOLLOWS) != LARGE_NUMBER_FOLLOWS) {
                return first;
            }
            int number = 0;
            int part;
            do {
                part = next();
                number = (number << 7) | (part & SEVEN_BITS);
                CeremonyException.require(number > 0 && number <= LARGEST_NUMBER, otherwise);
            } while ((part & MORE_FOLLOW) != 0);
            CeremonyException.require(number >= LARGE_NUMBER_FOLLOWS, otherwise);
            return first | (number << Byte.SIZE);
        }

        /** The shortest of the definite forms; three bytes tell of more than any ceremony has. */
        private int length() throws CeremonyException {
            int first = next();
            if (first < MORE_FOLLOW) {
                return first;
            }
            int bytes = first & SEVEN_BITS;
            CeremonyException.require(bytes >= 1 && bytes <= 3, otherwise);
            int length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << Byte.SIZE) | next();
            }
            int shortest = length < MORE_FOLLOW ? 0 : (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            CeremonyException.require(bytes == shortest, otherwise);
            return length;
        }

        private int next() throws CeremonyException {
            CeremonyException.require(position < source.size(), otherwise);
            return Byte.toUnsignedInt(source.at(position++));
        }
    }
}
