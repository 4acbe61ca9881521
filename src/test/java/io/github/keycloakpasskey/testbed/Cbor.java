package io.github.keycloakpasskey.testbed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes the part of CBOR (RFC 8949) that WebAuthn uses; maps keep the order they were filled in. */
final class Cbor {

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int FALSE = 0xf4;
    private static final int TRUE = 0xf5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Cbor() {}

    static byte[] encode(Object value) {
        Cbor writer = new Cbor();
        writer.write(value);
        return writer.out.toByteArray();
    }

    private void write(Object value) {
        if (value instanceof Boolean flag) {
            out.write(flag ? TRUE : FALSE);
        } else if (value instanceof Number number) {
            writeNumber(number.longValue());
        } else if (value instanceof byte[] bytes) {
            writeHead(BYTES, bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            writeHead(TEXT, bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof List<?> list) {
            writeHead(ARRAY, list.size());
            list.forEach(this::write);
        } else if (value instanceof Map<?, ?> map) {
            writeHead(MAP, map.size());
            map.forEach((key, member) -> {
                write(key);
                write(member);
            });
        } else {
            throw new IllegalArgumentException("No CBOR for " + value);
        }
    }

    private void writeNumber(long number) {
        if (number >= 0) {
            writeHead(UNSIGNED, number);
        } else {
            writeHead(NEGATIVE, -1 - number);
        }
    }

    private void writeHead(int majorType, long argument) {
        int type = majorType << 5;
        if (argument < 24) {
            out.write(type | (int) argument);
        } else if (argument <= 0xff) {
            out.write(type | 24);
            writeBigEndian(argument, 1);
        } else if (argument <= 0xffff) {
            out.write(type | 25);
            writeBigEndian(argument, 2);
        } else if (argument <= 0xffffffffL) {
            out.write(type | 26);
            writeBigEndian(argument, 4);
        } else {
            out.write(type | 27);
            writeBigEndian(argument, 8);
        }
    }

    private void writeBigEndian(long value, int length) {
        for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift) & 0xff);
        }
    }
}
