package io.github.keycloakpasskey.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A part of a message that can be changed while the lengths around it stay right. */
final class Part {

    /** What stands around the content when it is written; the numbers are CBOR's major types (RFC 8949 §3.1). */
    enum Kind {
        PLAIN(-1),
        BYTES(2),
        TEXT(3),
        ARRAY(4),
        MAP(5),
        /** A byte string with parts of its own. */
        WRAPPED(2),
        /** Parts one after the other. */
        SEQUENCE(-1);

        private final int major;

        Kind(int major) {
            this.major = major;
        }
    }

    private static final int TAG = 6;
    private static final int ONE_BYTE_ARGUMENT = 24;

    private final Kind kind;
    private final List<Part> children;
    private byte[] content;

    private Part(Kind kind, byte[] content, List<Part> children) {
        this.kind = kind;
        this.content = content;
        this.children = new ArrayList<>(children);
    }

    static Part plain(byte[] content) {
        return new Part(Kind.PLAIN, content.clone(), List.of());
    }

    static Part plain(ByteBuffer in, int length) {
        return plain(take(in, length));
    }

    static Part bytes(byte[] content) {
        return new Part(Kind.BYTES, content.clone(), List.of());
    }

    static Part text(String text) {
        return new Part(Kind.TEXT, text.getBytes(StandardCharsets.UTF_8), List.of());
    }

    static Part group(Kind kind, Part... children) {
        return new Part(kind, new byte[0], List.of(children));
    }

    /** Reads one item of CBOR with definite lengths, as authenticators write it. */
    static Part cbor(ByteBuffer in) {
        int start = in.position();
        int initial = Byte.toUnsignedInt(in.get());
        int major = initial >> 5;
        long argument = argument(in, initial & 0x1f);
        return switch (major) {
            case 2 -> plain(in, Math.toIntExact(argument)).as(Kind.BYTES);
            case 3 -> plain(in, Math.toIntExact(argument)).as(Kind.TEXT);
            case 4 -> group(Kind.ARRAY).withItems(in, argument);
            case 5 -> group(Kind.MAP).withItems(in, 2 * argument);
            default -> {
                int length = in.position() - start;
                Part head = plain(in.position(start), length);
                yield major == TAG ? group(Kind.SEQUENCE, head, cbor(in)) : head;
            }
        };
    }

    private static long argument(ByteBuffer in, int additional) {
        return switch (additional) {
            case 24 -> Byte.toUnsignedInt(in.get());
            case 25 -> Short.toUnsignedInt(in.getShort());
            case 26 -> Integer.toUnsignedLong(in.getInt());
            case 27 -> in.getLong();
            default -> additional;
        };
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }

    private Part as(Kind other) {
        return new Part(other, content, children);
    }

    private Part withItems(ByteBuffer in, long count) {
        for (long read = 0; read < count; read++) {
            children.add(cbor(in));
        }
        return this;
    }

    Part copy() {
        return new Part(kind, content, children.stream().map(Part::copy).toList());
    }

    byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out);
        return out.toByteArray();
    }

    private void write(ByteArrayOutputStream out) {
        switch (kind) {
            case PLAIN -> out.writeBytes(content);
            case BYTES, TEXT -> {
                writeHead(out, content.length);
                out.writeBytes(content);
            }
            case ARRAY, SEQUENCE -> {
                writeHead(out, children.size());
                children.forEach(child -> child.write(out));
            }
            case MAP -> {
                writeHead(out, children.size() / 2);
                children.forEach(child -> child.write(out));
            }
            case WRAPPED ->
                bytes(group(Kind.SEQUENCE, children.toArray(Part[]::new)).encode())
                        .write(out);
        }
    }

    private void writeHead(ByteArrayOutputStream out, int argument) {
        if (kind.major < 0) {
            return;
        }
        if (argument < ONE_BYTE_ARGUMENT) {
            out.write(kind.major << 5 | argument);
        } else if (argument <= 0xff) {
            out.write(kind.major << 5 | 24);
            out.write(argument);
        } else {
            out.write(kind.major << 5 | 25);
            out.write(argument >> Byte.SIZE);
            out.write(argument);
        }
    }

    /** The member of a map with this text as its name. */
    Part member(String name) {
        int key = indexOf(name);
        if (key < 0) {
            throw new IllegalArgumentException("no member " + name);
        }
        return children.get(key + 1);
    }

    Part with(String name, Part value) {
        children.set(indexOf(name) + 1, value);
        return this;
    }

    private int indexOf(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        for (int key = 0; key < children.size(); key += 2) {
            if (Arrays.equals(children.get(key).content, wanted)) {
                return key;
            }
        }
        return -1;
    }

    List<Part> children() {
        return children;
    }

    boolean isMap() {
        return kind == Kind.MAP;
    }

    boolean isLeaf() {
        return kind == Kind.PLAIN || kind == Kind.BYTES || kind == Kind.TEXT;
    }

    byte[] content() {
        return content;
    }

    void content(byte[] changed) {
        content = changed;
    }
}
