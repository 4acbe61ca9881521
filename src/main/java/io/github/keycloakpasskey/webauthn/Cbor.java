package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads CBOR (RFC 8949) as authenticators have to write it: lengths in front, no tags, no key twice in
 * a map (WebAuthn §2.1 and FIDO CTAP, canonical encoding). Two things that the canonical form forbids
 * are read all the same, as genuine authenticators do them and they have one meaning only: keys in
 * another order, and lengths that are written longer than need be.
 *
 * <p>Integers become {@link Long} or {@link BigInteger}, strings {@link Bytes} or {@link String}, arrays
 * {@link List}, maps {@link CborMap}, true and false {@link Boolean}, and all else {@link Simple}.
 */
final class Cbor {

    /** What has no value here: null, undefined, floating-point numbers. */
    record Simple(int kind, long bits) {}

    /** One data item, and where the next one begins. */
    record Item(Object value, int end) {}

    /** CTAP allows 4; extensions of the future may go deeper. */
    private static final int DEEPEST_NESTING = 16;

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int SIMPLE_OR_FLOAT = 7;

    private static final int FALSE = 20;
    private static final int TRUE = 21;
    private static final int ONE_BYTE_FOLLOWS = 24;
    private static final int EIGHT_BYTES_FOLLOW = 27;
    private static final int FIRST_SIMPLE_IN_TWO_BYTES = 32;

    private final Bytes source;
    private final FailureReason otherwise;
    private int position;

    private Cbor(Bytes source, int position, FailureReason otherwise) {
        this.source = source;
        this.position = position;
        this.otherwise = otherwise;
    }

    /** Reads the data item that begins there, whatever stands behind it. */
    static Item read(Bytes source, int from, FailureReason otherwise) throws CeremonyException {
        Cbor reader = new Cbor(source, from, otherwise);
        Object value = reader.item(DEEPEST_NESTING);
        return new Item(value, reader.position);
    }

    /** Reads a map and nothing behind it. */
    static CborMap readMap(Bytes source, FailureReason otherwise) throws CeremonyException {
        Item item = read(source, 0, otherwise);
        if (item.end() == source.size() && item.value() instanceof CborMap map) {
            return map;
        }
        throw new CeremonyException(otherwise);
    }

    private Object item(int levels) throws CeremonyException {
        require(levels > 0);
        int head = next();
        int major = head >> 5;
        int info = head & 0x1f;
        // 28 to 30 have no meaning yet; 31 is a length that only the end tells.
        require(info <= EIGHT_BYTES_FOLLOW);
        long argument = info < ONE_BYTE_FOLLOWS ? info : number(1 << (info - ONE_BYTE_FOLLOWS));
        return switch (major) {
            case UNSIGNED -> unsigned(argument);
            case NEGATIVE -> negative(argument);
            case BYTES -> string(argument);
            case TEXT -> text(string(argument));
            case ARRAY -> array(length(argument), levels - 1);
            case MAP -> map(length(argument), levels - 1);
            case SIMPLE_OR_FLOAT -> simple(info, argument);
            default -> throw new CeremonyException(otherwise);
        };
    }

    private static Object unsigned(long argument) {
        return argument >= 0 ? (Object) argument : large(argument);
    }

    /** The number is -1 - argument (RFC 8949 §3.1). */
    private static Object negative(long argument) {
        return argument >= 0 ? (Object) ~argument : large(argument).not();
    }

    private static BigInteger large(long argument) {
        return new BigInteger(Long.toUnsignedString(argument));
    }

    private Bytes string(long argument) throws CeremonyException {
        int length = length(argument);
        Bytes bytes = source.slice(position, position + length);
        position += length;
        return bytes;
    }

    private String text(Bytes utf8) throws CeremonyException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new CeremonyException(otherwise, notUtf8);
        }
    }

    private List<Object> array(int size, int levels) throws CeremonyException {
        List<Object> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(item(levels));
        }
        return entries;
    }

    private CborMap map(int size, int levels) throws CeremonyException {
        Map<Object, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            Object key = item(levels);
            require(key instanceof Long || key instanceof String);
            require(members.put(key, item(levels)) == null);
        }
        return new CborMap(members);
    }

    private Object simple(int info, long argument) throws CeremonyException {
        require(info != ONE_BYTE_FOLLOWS || argument >= FIRST_SIMPLE_IN_TWO_BYTES);
        return switch (info) {
            case FALSE -> false;
            case TRUE -> true;
            default -> new Simple(info, argument);
        };
    }

    /** Whatever is announced takes at least a byte each, so that nothing larger than the source is made. */
    private int length(long announced) throws CeremonyException {
        require(announced >= 0 && announced <= source.size() - position);
        return (int) announced;
    }

    private long number(int bytes) throws CeremonyException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = (number << Byte.SIZE) | next();
        }
        return number;
    }

    private int next() throws CeremonyException {
        require(position < source.size());
        return Byte.toUnsignedInt(source.at(position++));
    }

    private void require(boolean holds) throws CeremonyException {
        CeremonyException.require(holds, otherwise);
    }
}
