package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.GeneratedDocument;
import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The parts of a document that a test makes and holds it against. */
final class MadeParts {

    private static final String UPDATE = "documents.update";

    private MadeParts() {}

    /**
     * Whether they are those between the markers; with {@code -Ddocuments.update} they are written there first.
     *
     * @param maker the test that the markers name
     */
    static void assertStandIn(Path document, String maker, Map<String, String> parts) throws IOException {
        String right = new GeneratedDocument(ProjectFiles.read(document), maker).with(parts);
        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(document, right);
        }
        assertThat(ProjectFiles.read(document))
                .as("%s; mvn test -Dtest=%s -D%s writes these parts anew", document, maker, UPDATE)
                .isEqualTo(right);
    }
}
