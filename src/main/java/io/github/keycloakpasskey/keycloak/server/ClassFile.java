package io.github.keycloakpasskey.keycloak.server;

import io.github.keycloakpasskey.keycloak.server.Reference.ToClass;
import io.github.keycloakpasskey.keycloak.server.Reference.ToField;
import io.github.keycloakpasskey.keycloak.server.Reference.ToMethod;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The references in a class file's constant pool (JVM specification §4.4). The JVM resolves each of them when it first
 * needs it, and throws a {@link LinkageError} where the server has no such class or member.
 */
final class ClassFile {

    private static final int HEADER = 8;
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int DYNAMIC = 17;
    private static final int INVOKE_DYNAMIC = 18;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    private final int[] tags;
    private final int[] first;
    private final int[] second;
    private final String[] texts;

    private ClassFile(DataInputStream input) throws IOException {
        input.skipNBytes(HEADER);
        int count = input.readUnsignedShort();
        tags = new int[count];
        first = new int[count];
        second = new int[count];
        texts = new String[count];
        // The pool has no entry 0, and a long or a double takes the place of two entries.
        for (int index = 1; index < count; index += isWide(tags[index]) ? 2 : 1) {
            tags[index] = input.readUnsignedByte();
            readEntry(input, index);
        }
    }

    private static boolean isWide(int tag) {
        return tag == LONG || tag == DOUBLE;
    }

    private void readEntry(DataInputStream input, int index) throws IOException {
        switch (tags[index]) {
            case UTF8 -> texts[index] = input.readUTF();
            case INTEGER, FLOAT -> input.skipNBytes(Integer.BYTES);
            case LONG, DOUBLE -> input.skipNBytes(Long.BYTES);
            case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> first[index] = input.readUnsignedShort();
            case METHOD_HANDLE -> input.skipNBytes(Byte.BYTES + Short.BYTES);
            case FIELD, METHOD, INTERFACE_METHOD, NAME_AND_TYPE, DYNAMIC, INVOKE_DYNAMIC -> {
                first[index] = input.readUnsignedShort();
                second[index] = input.readUnsignedShort();
            }
            default -> throw new IOException("no entry of a constant pool has the tag " + tags[index]);
        }
    }

    /** All references to classes and members of classes; those to array types are references to their elements. */
    static Set<Reference> references(InputStream classFile) throws IOException {
        return new ClassFile(new DataInputStream(classFile)).references();
    }

    private Set<Reference> references() {
        Set<Reference> references = new LinkedHashSet<>();
        for (int index = 1; index < tags.length; index++) {
            switch (tags[index]) {
                case CLASS -> addClass(references, texts[first[index]]);
                case FIELD, METHOD, INTERFACE_METHOD -> addMember(references, index);
                default -> {
                    // The others name no class.
                }
            }
        }
        return references;
    }

    private static void addClass(Set<Reference> references, String internalName) {
        if (!internalName.startsWith("[")) {
            references.add(new ToClass(binaryName(internalName)));
        } else if (internalName.endsWith(";")) {
            references.add(new ToClass(
                    binaryName(internalName.substring(internalName.lastIndexOf('[') + 2, internalName.length() - 1))));
        }
    }

    private void addMember(Set<Reference> references, int index) {
        String internalName = texts[first[first[index]]];
        // The methods of arrays are those of the JDK.
        if (!internalName.startsWith("[")) {
            String owner = binaryName(internalName);
            String name = texts[first[second[index]]];
            String descriptor = texts[second[second[index]]];
            references.add(
                    tags[index] == FIELD
                            ? new ToField(owner, name, descriptor)
                            : new ToMethod(owner, name, descriptor, tags[index] == INTERFACE_METHOD));
        }
    }

    private static String binaryName(String internalName) {
        return internalName.replace('/', '.');
    }
}
