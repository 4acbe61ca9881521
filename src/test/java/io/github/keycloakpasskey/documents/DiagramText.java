package io.github.keycloakpasskey.documents;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands in a diagram: the names of the code, which are set as {@code ""name""}, and other words. */
final class DiagramText {

    private static final Pattern NAME = Pattern.compile("\"\"(.+?)\"\"");

    /** A name that is too long for its box goes on in the next line. */
    private static final Pattern BROKEN_NAME = Pattern.compile("\"\"(?:\\\\n|\\R\\s*)\"\"");

    private static final Pattern CALL = Pattern.compile("(?m)^\\s*(?:\\w+ -> (\\w+)|(\\w+) <- \\w+) : (.*)$");
    private static final Pattern NAMED =
            Pattern.compile("(?m)^\\s*(?:participant|rectangle) (\\w+)[^\\[\\n]*\\[[^\"\\]]*\"\"(.+?)\"\"");
    private static final Pattern ENTITY = Pattern.compile("(?m)^entity (\\w+) \\{\\n((?s).*?)^}");
    private static final Pattern COLUMN = Pattern.compile("(?m)^\\s*(?:\\* )?\"\"(\\w+)\"\" :");
    private static final Pattern ARROW = Pattern.compile("(?m)^(\\w+) -(?:\\[\\$\\w+])?-> (\\w+)$");

    /** Not shown. */
    private static final Pattern DIRECTIVE = Pattern.compile("(?m)^\\s*(?:[@!']|hide |skinparam ).*$");

    private static final Pattern LIKE_CODE =
            Pattern.compile("\\w+\\(\\)|[\\w-]+\\.(?:java|js|ftl|sql)\\b|\\w*[a-z]\\w*[A-Z]\\w*|\\w+_\\w+");

    private static final Pattern PRODUCT = Pattern.compile("WebAuthn|PostgreSQL|JavaScript|MariaDB|MySQL");

    private final String source;

    DiagramText(Diagram diagram) {
        this.source = BROKEN_NAME.matcher(diagram.source()).replaceAll("");
    }

    /** What is called: the name of a method, and what the arrow to its owner leads to. */
    record Call(String owner, String method) {}

    /** All names of the code. */
    List<String> names() {
        return namesIn(source).distinct().toList();
    }

    /** The calls of methods whose owner is a participant that is named after a class or a script. */
    List<Call> calls() {
        Map<String, String> boxes = boxes();
        return CALL.matcher(source)
                .results()
                .flatMap(arrow -> namesIn(arrow.group(3))
                        .filter(name -> name.matches("\\w+\\(\\)"))
                        .map(method ->
                                new Call(boxes.get(arrow.group(1) == null ? arrow.group(2) : arrow.group(1)), method)))
                .filter(call -> call.owner() != null)
                .toList();
    }

    /** What boxes are called that are named after something of the code, by the word that stands for them in the source. */
    Map<String, String> boxes() {
        return NAMED.matcher(source).results().collect(Collectors.toMap(box -> box.group(1), box -> box.group(2)));
    }

    /** The columns of each entity. */
    Map<String, List<String>> entities() {
        return ENTITY.matcher(source)
                .results()
                .collect(Collectors.toMap(
                        entity -> entity.group(1), entity -> columnsIn(entity.group(2)), (a, b) -> a, TreeMap::new));
    }

    /** The arrows between boxes, as {@code from -> to}, by what the boxes are called. */
    List<String> arrows() {
        Map<String, String> boxes = boxes();
        return ARROW.matcher(source)
                .results()
                .map(arrow -> boxes.get(arrow.group(1)) + " -> " + boxes.get(arrow.group(2)))
                .toList();
    }

    /** Words outside of names that look as if they were some. */
    List<String> wordsLikeCode() {
        String shown = DIRECTIVE.matcher(source).replaceAll("");
        for (String entity : entities().keySet()) {
            shown = shown.replaceAll("\\b" + entity + "\\b", "");
        }
        shown = PRODUCT.matcher(NAME.matcher(shown).replaceAll("")).replaceAll("");
        return LIKE_CODE
                .matcher(shown.replace("\\n", " "))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static Stream<String> namesIn(String text) {
        return NAME.matcher(text).results().map(name -> name.group(1));
    }

    /** What stands first in each line: in others a column's default may be named as well. */
    private static List<String> columnsIn(String entity) {
        return COLUMN.matcher(entity).results().map(column -> column.group(1)).toList();
    }
}
