package io.github.keycloakpasskey.documents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/** Bytes taken apart from the first to the last: each row says what some of them mean, and none is left out. */
final class ByteTable {

    private final byte[] bytes;
    private final List<String> rows =
            new ArrayList<>(List.of("| Offset | Length | Bytes | Meaning |", "|---|---|---|---|"));
    private int position;

    ByteTable(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /**
     * Takes the next bytes.
     *
     * @throws IllegalArgumentException if there are not as many
     */
    byte[] take(int length, Function<byte[], String> meaning) {
        if (length < 0 || length > left()) {
            throw new IllegalArgumentException(length + " bytes at " + position + " of " + bytes.length);
        }
        byte[] taken = Arrays.copyOfRange(bytes, position, position + length);
        rows.add(row(position, taken, meaning.apply(taken)));
        position += length;
        return taken;
    }

    byte[] take(int length, String meaning) {
        return take(length, taken -> meaning);
    }

    private static String row(int position, byte[] bytes, String meaning) {
        return "| %d | %d | `%s` | %s |"
                .formatted(position, bytes.length, HexFormat.of().formatHex(bytes), meaning);
    }

    /** The same table with more bytes behind the others. */
    ByteTable with(byte[] more, String meaning) {
        ByteTable longer = new ByteTable(new byte[0]);
        longer.rows.clear();
        longer.rows.addAll(rows);
        longer.rows.add(row(bytes.length, more, meaning));
        return longer;
    }

    /** How many bytes nobody has taken yet. */
    int left() {
        return bytes.length - position;
    }

    String markdown() {
        if (left() > 0) {
            throw new IllegalStateException(left() + " bytes without a meaning");
        }
        return String.join("\n", rows);
    }
}
