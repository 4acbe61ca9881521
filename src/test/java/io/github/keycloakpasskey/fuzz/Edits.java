package io.github.keycloakpasskey.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes to the parts of a message, told by bytes. Any bytes tell some changes, no bytes none; so a fuzzer that
 * changes bytes changes a message in depth and leaves it well-formed.
 */
final class Edits {

    /** What is done to a part; the position among these is the byte that tells it. */
    private enum Edit {
        SET_BYTE,
        FLIP_BIT,
        INSERT,
        DELETE,
        FILL,
        REMOVE,
        REPEAT,
        REPLACE,
        COPY_OF_ANOTHER
    }

    private static final int MOST = 16;

    private final ByteBuffer script;
    private final List<Part> roots;

    private Edits(ByteBuffer script, List<Part> roots) {
        this.script = script;
        this.roots = roots;
    }

    /** Changes the roots; they themselves are never removed, repeated or replaced. */
    static void apply(ByteBuffer script, List<Part> roots) {
        Edits edits = new Edits(script, roots);
        for (int done = 0; done < MOST && script.hasRemaining(); done++) {
            edits.applyNext();
        }
    }

    /** One script for each edit of each part, and one without any edit. */
    static Map<String, byte[]> seeds(String name, byte base, List<Part> roots) {
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        seeds.put(name, new byte[] {base});
        int parts = new Edits(ByteBuffer.allocate(0), roots).places().size();
        for (int edit = 0; edit < Edit.values().length; edit++) {
            for (int part = 0; part < parts; part++) {
                byte[] script = {base, (byte) edit, (byte) part, 1, 0, 0};
                seeds.put("edit-" + edit + "-of-part-" + part + "-of-" + name, script);
            }
        }
        return seeds;
    }

    private void applyNext() {
        Edit edit = Edit.values()[next() % Edit.values().length];
        Place place = place();
        switch (edit) {
            case SET_BYTE -> overwrite(place.part(), (byte) next(), false);
            case FLIP_BIT -> overwrite(place.part(), (byte) (1 << next() % Byte.SIZE), true);
            case INSERT -> splice(place.part(), 0, nextBytes());
            case DELETE -> splice(place.part(), next(), new byte[0]);
            case FILL -> fill(place.part(), (byte) next());
            case REMOVE -> place.remove();
            case REPEAT -> place.repeat();
            case REPLACE -> place.replace(Part.plain(nextBytes()));
            case COPY_OF_ANOTHER -> place.replace(place().part().copy());
        }
    }

    private void overwrite(Part part, byte value, boolean flipped) {
        byte[] content = part.content().clone();
        if (content.length > 0) {
            int position = nextPosition(content.length);
            content[position] = flipped ? (byte) (content[position] ^ value) : value;
            part.content(content);
        }
    }

    /** Takes so many bytes out and puts others in. */
    private void splice(Part part, int removed, byte[] inserted) {
        if (part.isLeaf()) {
            byte[] content = part.content();
            int from = nextPosition(content.length + 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(content, 0, from);
            out.writeBytes(inserted);
            int to = Math.min(content.length, from + removed);
            out.write(content, to, content.length - to);
            part.content(out.toByteArray());
        }
    }

    private static void fill(Part part, byte value) {
        byte[] content = new byte[part.content().length];
        Arrays.fill(content, value);
        part.content(content);
    }

    private int next() {
        return script.hasRemaining() ? Byte.toUnsignedInt(script.get()) : 0;
    }

    private int nextPosition(int length) {
        return (next() << Byte.SIZE | next()) % length;
    }

    private byte[] nextBytes() {
        byte[] bytes = new byte[Math.min(next(), script.remaining())];
        script.get(bytes);
        return bytes;
    }

    private Place place() {
        List<Place> places = places();
        return places.get(next() % places.size());
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (Part root : roots) {
            places.add(new Place(Part.group(Part.Kind.SEQUENCE, root), 0));
            collect(root, places);
        }
        return places;
    }

    private static void collect(Part parent, List<Place> places) {
        for (int index = 0; index < parent.children().size(); index++) {
            places.add(new Place(parent, index));
            collect(parent.children().get(index), places);
        }
    }

    /** Where a part stands. */
    private record Place(Part parent, int index) {

        Part part() {
            return parent.children().get(index);
        }

        /** The member of a map goes as a whole, name and value. */
        private List<Part> whole() {
            return parent.isMap()
                    ? parent.children().subList(index & ~1, (index & ~1) + 2)
                    : parent.children().subList(index, index + 1);
        }

        void remove() {
            whole().clear();
        }

        void repeat() {
            List<Part> copies = whole().stream().map(Part::copy).toList();
            parent.children().addAll(copies);
        }

        void replace(Part other) {
            parent.children().set(index, other);
        }
    }
}
