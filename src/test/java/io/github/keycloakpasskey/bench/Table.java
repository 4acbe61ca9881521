package io.github.keycloakpasskey.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Figures in rows, each a text or a number; units stand in the columns' names. */
final class Table {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String title;
    private final List<String> columns;
    private final List<List<Object>> rows = new ArrayList<>();

    Table(String title, String... columns) {
        this.title = title;
        this.columns = List.of(columns);
    }

    void add(Object... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns);
        }
        rows.add(List.of(cells));
    }

    String markdown() {
        List<String> lines = new ArrayList<>(List.of("**" + title + "**", "", row(columns), rule()));
        rows.forEach(cells -> lines.add(row(cells.stream().map(Figures::text).toList())));
        return String.join("\n", lines);
    }

    /** Numbers stand to the right. */
    private String rule() {
        StringBuilder rule = new StringBuilder("|");
        for (int column = 0; column < columns.size(); column++) {
            boolean numeric = !rows.isEmpty() && rows.get(0).get(column) instanceof Number;
            rule.append(numeric ? "---:|" : "---|");
        }
        return rule.toString();
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> " " + cell.replace("|", "\\|") + " ")
                .collect(Collectors.joining("|", "|", "|"));
    }

    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode().put("title", title);
        ArrayNode array = json.putArray("rows");
        for (List<Object> cells : rows) {
            ObjectNode row = array.addObject();
            for (int column = 0; column < cells.size(); column++) {
                row.set(columns.get(column), JSON.valueToTree(cells.get(column)));
            }
        }
        return json;
    }
}
