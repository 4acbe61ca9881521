package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.math.BigInteger;

/** A signature of ECDSA on P-256, in the DER that WebAuthn (§6.5.5) has it in: a sequence of two numbers. */
final class SignatureTable {

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;

    private final ByteTable table;
    private final BigInteger r;
    private final BigInteger s;

    SignatureTable(Bytes signature) {
        table = new ByteTable(signature.toByteArray());
        int length = length(SEQUENCE, "SEQUENCE");
        if (length != table.left()) {
            throw new IllegalArgumentException("a sequence of " + length + " bytes in " + table.left());
        }
        r = integer("r");
        s = integer("s");
    }

    private BigInteger integer(String name) {
        return new BigInteger(table.take(
                length(INTEGER, "INTEGER"),
                taken -> name
                        + (taken[0] == 0
                                ? ": the first byte says that the number is positive, as its highest bit is set"
                                : "")));
    }

    private int length(int tag, String name) {
        byte[] head = table.take(2, taken -> name + " of " + taken[1] + " bytes");
        if (head[0] != tag) {
            throw new IllegalArgumentException("no " + name);
        }
        return head[1];
    }

    BigInteger r() {
        return r;
    }

    BigInteger s() {
        return s;
    }

    String markdown() {
        return table.markdown();
    }
}
