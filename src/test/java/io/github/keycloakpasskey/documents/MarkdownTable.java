package io.github.keycloakpasskey.documents;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of text as a table in Markdown. */
final class MarkdownTable {

    private MarkdownTable() {}

    /** @param rows each made by {@link #row} */
    static String of(List<String> columns, List<String> rows) {
        return Stream.concat(Stream.of(row(columns), "|---".repeat(columns.size()) + "|"), rows.stream())
                .collect(Collectors.joining("\n"));
    }

    static String row(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }

    static String code(String text) {
        return "`" + text + "`";
    }
}
