package io.github.keycloakpasskey.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What one part of a run has measured. A missed goal is a result; a failure makes the run fail. */
final class Results {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Table> tables = new ArrayList<>();
    private final List<Goal> goals = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    void add(Table table) {
        tables.add(table);
    }

    void add(Goal goal) {
        goals.add(goal);
    }

    void fail(String what) {
        failures.add(what);
    }

    List<Goal> goals() {
        return List.copyOf(goals);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    String markdown() {
        List<Table> all = new ArrayList<>(tables);
        if (!goals.isEmpty()) {
            all.add(goalTable());
        }
        String measured = all.stream().map(Table::markdown).collect(Collectors.joining("\n\n"));
        return failures.isEmpty() ? measured : measured + "\n\n**Failed**\n\n- " + String.join("\n- ", failures);
    }

    private Table goalTable() {
        Table table = new Table("Goals", "Goal", "Wanted", "Measured", "Result");
        goals.forEach(goal -> table.add(goal.what(), goal.wanted(), goal.measured(), goal.isMet() ? "met" : "missed"));
        return table;
    }

    ObjectNode json() {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode tableArray = json.putArray("tables");
        tables.forEach(table -> tableArray.add(table.json()));
        ArrayNode goalArray = json.putArray("goals");
        for (Goal goal : goals) {
            goalArray
                    .addObject()
                    .put("goal", goal.what())
                    .put("wanted", goal.wanted())
                    .put("measured", goal.measured())
                    .put("met", goal.isMet());
        }
        json.set("failures", JSON.valueToTree(failures));
        return json;
    }
}
