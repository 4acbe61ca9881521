package io.github.keycloakpasskey.proof;

import io.github.keycloakpasskey.testbed.GeneratedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code docs/security.md}: written by hand, but for its tables. {@code bin/test} runs this after all tests. */
public final class SecurityDocument {

    private final String text;

    SecurityDocument(String text) {
        this.text = text;
    }

    /**
     * Puts the tables of a run into the document. The status is 0 only where it had them already.
     *
     * @param arguments the directory of the proofs, and the document
     */
    public static void main(String[] arguments) throws IOException {
        Path document = Path.of(arguments[1]);
        String before = Files.readString(document);
        String after = new SecurityDocument(before).with(new ProofTables(Proofs.read(Path.of(arguments[0]))).byName());
        if (!after.equals(before)) {
            Files.writeString(document, after);
            System.err.println("The tables of " + document + " were not those of this run. They are now: read the"
                    + " difference, and commit it where it is right.");
            System.exit(1);
        }
    }

    /**
     * The document with these tables between its markers.
     *
     * @throws IllegalArgumentException if it has no place for one of them
     */
    String with(Map<String, String> tables) {
        return new GeneratedDocument(text, "bin/test").with(tables);
    }
}
