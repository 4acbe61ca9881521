package io.github.keycloakpasskey.proof;

import io.github.keycloakpasskey.testbed.GeneratedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code docs/security.md} and {@code docs/evidence.md}: written by hand, but for their tables. {@code bin/test} runs this
 * after all tests.
 */
public final class SecurityDocument {

    private final String text;

    SecurityDocument(String text) {
        this.text = text;
    }

    /**
     * Puts the tables of a run into the documents. The status is 0 only where they had them already.
     *
     * @param arguments the directory of the proofs, and the directory of the documents
     */
    public static void main(String[] arguments) throws IOException {
        ProofTables tables = new ProofTables(Proofs.read(Path.of(arguments[0])));
        Path documents = Path.of(arguments[1]);
        boolean sameResults = update(documents.resolve("security.md"), tables.results());
        boolean sameEvidence = update(documents.resolve("evidence.md"), tables.evidence());
        System.exit(sameResults && sameEvidence ? 0 : 1);
    }

    private static boolean update(Path document, Map<String, String> tables) throws IOException {
        String before = Files.readString(document);
        String after = new SecurityDocument(before).with(tables);
        if (after.equals(before)) {
            return true;
        }
        Files.writeString(document, after);
        System.err.println("The tables of " + document + " were not those of this run. They are now: read the"
                + " difference, and commit it if it is right.");
        return false;
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
