package io.github.keycloakpasskey.webauthn.encoding;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads CBOR (RFC 8949) in the canonical form that authenticators must write (WebAuthn §2.1, FIDO CTAP): definite
 * lengths, no tags, no duplicate keys in a map.
 *
 * <p>The reader accepts two deviations from the canonical form, because genuine authenticators use them and neither is
 * ambiguous: map keys in any order, and numbers in more bytes than they need.
 *
 * <p>Integers become {@link Long} or {@link BigInteger}, strings {@link Bytes} or {@link String}, arrays {@link List},
 * maps {@link CborMap}, true and false {@link Boolean}. Everything else becomes {@link Simple}.
 */
public final class Cbor {

    /** Null, undefined, floating-point numbers: WebAuthn uses none of them. */
    record Simple(int kind, long bits) {}

    /**
     * One data item.
     *
     * @param end the position in bytes at which the next item begins
     */
    public record Item(Object value, int end) {}

    /** CTAP allows 4 levels. Future extensions may need more. */
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
    private int position;

    private Cbor(Bytes source, int position) {
        this.source = source;
        this.position = position;
    }

    /**
     * Reads one data item and ignores the bytes after it.
     *
     * @param from the position in bytes at which the item begins
     * @throws MalformedException if no item begins there
     */
    public static Item read(Bytes source, int from) throws MalformedException {
        Cbor reader = new Cbor(source, from);
        Object value = reader.item(DEEPEST_NESTING);
        return new Item(value, reader.position);
    }

    /**
     * Reads one map.
     *
     * @throws MalformedException if the bytes are anything but a map, or continue after it
     */
    public static CborMap readMap(Bytes source) throws MalformedException {
        Item item = read(source, 0);
        if (item.end() == source.size() && item.value() instanceof CborMap map) {
            return map;
        }
        throw new MalformedException();
    }

    private Object item(int levels) throws MalformedException {
        MalformedException.require(levels > 0);
        int head = next();
        int major = head >> 5;
        int info = head & 0x1f;
        // 28 to 30 are unassigned; 31 is an indefinite length.
        MalformedException.require(info <= EIGHT_BYTES_FOLLOW);
        long argument = info < ONE_BYTE_FOLLOWS ? info : number(1 << (info - ONE_BYTE_FOLLOWS));
        return switch (major) {
            case UNSIGNED -> unsigned(argument);
            case NEGATIVE -> negative(argument);
            case BYTES -> string(argument);
            case TEXT -> text(string(argument));
            case ARRAY -> array(length(argument), levels - 1);
            case MAP -> map(length(argument), levels - 1);
            case SIMPLE_OR_FLOAT -> simple(info, argument);
            default -> throw new MalformedException();
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

    private Bytes string(long argument) throws MalformedException {
        int length = length(argument);
        Bytes bytes = source.slice(position, position + length);
        position += length;
        return bytes;
    }

    private String text(Bytes utf8) throws MalformedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedException(notUtf8);
        }
    }

    private List<Object> array(int size, int levels) throws MalformedException {
        List<Object> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(item(levels));
        }
        return entries;
    }

    private CborMap map(int size, int levels) throws MalformedException {
        Map<Object, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            Object key = item(levels);
            MalformedException.require(key instanceof Long || key instanceof String);
            MalformedException.require(members.put(key, item(levels)) == null);
        }
        return new CborMap(members);
    }

    private Object simple(int info, long argument) throws MalformedException {
        MalformedException.require(info != ONE_BYTE_FOLLOWS || argument >= FIRST_SIMPLE_IN_TWO_BYTES);
        return switch (info) {
            case FALSE -> false;
            case TRUE -> true;
            default -> new Simple(info, argument);
        };
    }

    /** Each announced item takes at least one byte, so a length never exceeds the size of the source. */
    private int length(long announced) throws MalformedException {
        MalformedException.require(announced >= 0 && announced <= source.size() - position);
        return (int) announced;
    }

    private long number(int bytes) throws MalformedException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = (number << Byte.SIZE) | next();
        }
        return number;
    }

    private int next() throws MalformedException {
        MalformedException.require(position < source.size());
        return Byte.toUnsignedInt(source.at(position++));
    }
}
