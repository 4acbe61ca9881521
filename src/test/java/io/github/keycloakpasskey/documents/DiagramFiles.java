package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The source of what a diagram names: Java, templates, scripts and views, without comments. */
final class DiagramFiles {

    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*//.*$|/\\*(?s:.*?)\\*/|<#--(?s:.*?)-->");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern VIEW = Pattern.compile(
            "CREATE OR REPLACE VIEW (\\w+) WITH \\(security_barrier\\) AS\\s+SELECT ([\\w,\\s]+?)\\s+FROM");

    private final Map<String, String> pages = new HashMap<>();
    private final Map<String, String> sources = new HashMap<>();
    private final Set<String> literals;
    private final Map<String, Set<String>> views;

    DiagramFiles() {
        readInto(pages, Path.of("themes/templates"));
        readInto(pages, Path.of("themes/resources/js"));
        readInto(sources, Path.of("src/main/java"));
        literals = sources.values().stream()
                .flatMap(source -> LITERAL.matcher(source).results())
                .map(literal -> literal.group(1))
                .collect(Collectors.toSet());
        views = VIEW.matcher(ProjectFiles.read(Path.of("sql/postgresql/install.sql")))
                .results()
                .collect(Collectors.toMap(
                        view -> view.group(1), view -> Set.of(view.group(2).split(",\\s+"))));
    }

    private static void readInto(Map<String, String> texts, Path directory) {
        ProjectFiles.below(directory, "")
                .forEach(file -> texts.put(
                        directory.relativize(file).toString(),
                        COMMENT.matcher(ProjectFiles.read(file)).replaceAll("")));
    }

    /** The Java sources. */
    Stream<String> sources() {
        return sources.values().stream();
    }

    /** Whether there is a template or a script that is called so. */
    boolean hasPage(String name) {
        return pages.containsKey(name);
    }

    /** Whether a script calls or defines this function. */
    boolean hasFunction(String script, String name) {
        return Pattern.compile("(?<![\\w.])" + Pattern.quote(name) + "\\(")
                .matcher(pages.getOrDefault(script, ""))
                .find();
    }

    /** Whether any script calls or defines this function. */
    boolean hasFunction(String name) {
        return pages.keySet().stream().anyMatch(page -> page.endsWith(".js") && hasFunction(page, name));
    }

    /** Whether it is a text of the code, or a word of a template or script. */
    boolean hasText(String text) {
        Pattern word = Pattern.compile("(?<![\\w-])" + Pattern.quote(text) + "(?![\\w-])");
        return literals.contains(text)
                || pages.values().stream().anyMatch(page -> word.matcher(page).find());
    }

    /** The columns of the views that give theirs one by one, by the view's name. */
    Map<String, Set<String>> views() {
        return views;
    }
}
