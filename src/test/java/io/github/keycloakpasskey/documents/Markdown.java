package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document of the project, as a reader of Markdown sees it.
 *
 * @param file relative to the project's folder
 * @param text without what stands in fences
 */
record Markdown(Path file, String text) {

    /** A link with a title would be of another form; there are none. */
    private static final Pattern LINK = Pattern.compile("(?:]\\(|<img src=\")([^)\\s\"]+)[)\"]");

    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *$");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern LINK_WITH_TEXT = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");
    private static final Pattern NOT_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{N}_ -]");

    static Markdown read(Path file) {
        return new Markdown(file, FENCED.matcher(ProjectFiles.read(file)).replaceAll(""));
    }

    /** All that people read of the project. */
    static List<Markdown> all() {
        return Stream.of(
                        ProjectFiles.in(Path.of(""), ".md"),
                        ProjectFiles.below(Path.of("docs"), ".md"),
                        ProjectFiles.in(Path.of("demo"), ".md"))
                .flatMap(List::stream)
                .map(Markdown::read)
                .toList();
    }

    /** Where its links and pictures lead to, as it is written. */
    List<String> links() {
        return LINK.matcher(text).results().map(link -> link.group(1)).toList();
    }

    /** The file that a relative link leads to, relative to the project's folder; this one where it names none. */
    Path target(String link) {
        String path = link.replaceFirst("#.*", "");
        return path.isEmpty() ? file : file.resolveSibling(path).normalize();
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

    /** What its headings are linked by, as GitHub and most others make it. */
    Set<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        Set<String> anchors = new HashSet<>();
        HEADING.matcher(text).results().map(heading -> anchor(heading.group(1))).forEach(anchor -> {
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
        return anchors;
    }

    private static String anchor(String heading) {
        String words = LINK_WITH_TEXT.matcher(heading).replaceAll("$1").toLowerCase(Locale.ROOT);
        return NOT_IN_ANCHORS.matcher(words).replaceAll("").replace(' ', '-');
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
