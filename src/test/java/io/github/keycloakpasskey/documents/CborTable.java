package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A map of CBOR (RFC 8949), one row for each member: its bytes, and what they are in the RFC's diagnostic notation (§8).
 * Reads the little of CBOR that attestation objects and COSE keys without certificates are made of.
 */
final class CborTable {

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int MAP = 5;

    /** Numbers below this stand in the first byte, behind the three bits for the kind. */
    private static final int ONE_BYTE_FOLLOWS = 24;

    private static final int TWO_BYTES_FOLLOW = 25;

    /** Of members that are longer, in bytes, the second is shown. */
    private static final int LONGEST = 40;

    private static final int SHOWN = 13;

    private final byte[] source;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private int position;

    /** @param content of a string of bytes; else empty */
    private record Item(String diagnostic, Bytes content) {

        Item(String diagnostic) {
            this(diagnostic, Bytes.of(new byte[0]));
        }
    }

    private record Member(int from, int end, Item value) {}

    /** @throws IllegalArgumentException if it is anything else than such a map */
    CborTable(Bytes map) {
        source = map.toByteArray();
        int size = head(MAP);
        for (int i = 0; i < size; i++) {
            int from = position;
            String key = item().diagnostic();
            Item value = item();
            members.put(key, new Member(from, position, value));
        }
        if (position != source.length) {
            throw new IllegalArgumentException("bytes behind the map");
        }
    }

    /** The content of a member that is a string of bytes. */
    Bytes bytes(String key) {
        return members.get(key).value().content();
    }

    /** All of it in one line, without what strings of bytes hold. */
    String diagnostic() {
        return members.entrySet().stream()
                .map(member ->
                        member.getKey() + ": " + member.getValue().value().diagnostic())
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** @param notes what each member means, by its key */
    String markdown(Map<String, String> notes) {
        if (!members.keySet().equals(notes.keySet())) {
            throw new IllegalArgumentException(members.keySet() + " and not " + notes.keySet());
        }
        String head = "| Offset | Bytes | Meaning |\n|---|---|---|\n"
                + row(0, 1, "a map of " + members.size() + " members") + "\n";
        return members.entrySet().stream()
                .map(entry -> {
                    Member member = entry.getValue();
                    String text = "`" + entry.getKey() + ": " + member.value().diagnostic() + "`";
                    return row(member.from(), member.end(), text + ", " + notes.get(entry.getKey()));
                })
                .collect(Collectors.joining("\n", head, ""));
    }

    private String row(int from, int end, String meaning) {
        boolean isLong = end - from > LONGEST;
        String hex = HexFormat.of().formatHex(source, from, isLong ? from + SHOWN : end);
        return "| %d | `%s%s` | %s |".formatted(from, hex, isLong ? "…" : "", meaning);
    }

    private Item item() {
        int kind = (source[position] & 0xff) >> 5;
        int argument = head(kind);
        return switch (kind) {
            case UNSIGNED -> new Item(Integer.toString(argument));
            case NEGATIVE -> new Item(Integer.toString(-1 - argument));
            case BYTES -> new Item(argument + " bytes", Bytes.of(take(argument)));
            case TEXT -> new Item("\"" + new String(take(argument), StandardCharsets.UTF_8) + "\"");
            case MAP -> {
                require(argument == 0, "a map in the map");
                yield new Item("{}");
            }
            default -> throw new IllegalArgumentException("CBOR of the major type " + kind);
        };
    }

    /** Reads the first bytes of an item (§3): three bits for its kind, and a number. */
    private int head(int kind) {
        int first = take(1)[0] & 0xff;
        int number = first & 0x1f;
        require(first >> 5 == kind && number <= TWO_BYTES_FOLLOW, "CBOR that begins with " + first);
        return number < ONE_BYTE_FOLLOWS
                ? number
                : new BigInteger(1, take(number == TWO_BYTES_FOLLOW ? 2 : 1)).intValue();
    }

    private byte[] take(int length) {
        require(length <= source.length - position, "CBOR that ends too early");
        byte[] taken = Arrays.copyOfRange(source, position, position + length);
        position += length;
        return taken;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
