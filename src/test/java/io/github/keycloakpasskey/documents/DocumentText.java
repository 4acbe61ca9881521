package io.github.keycloakpasskey.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The text of a document without its fenced blocks. */
final class DocumentText {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    private final String text;

    private DocumentText(String text) {
        this.text = text;
    }

    static DocumentText of(Path document) throws IOException {
        return new DocumentText(FENCED.matcher(Files.readString(document)).replaceAll(""));
    }

    /** The classes and methods that are named, each as often as it is. */
    List<CodeName> codeNames() {
        return codeNames(text).toList();
    }

    static Stream<CodeName> codeNames(String part) {
        return CODE.matcher(part)
                .results()
                .map(code -> CodeName.parse(code.group(1)))
                .flatMap(Optional::stream);
    }

    /** The rows of the section that begin with steps of the specification. */
    List<DocumentedStep> stepsUnder(String heading) {
        int from = text.indexOf(heading + "\n");
        if (from < 0) {
            throw new IllegalArgumentException("no heading " + heading);
        }
        int end = text.indexOf("\n## ", from);
        return text.substring(from, end)
                .lines()
                .map(DocumentedStep::parse)
                .flatMap(Optional::stream)
                .toList();
    }
}
