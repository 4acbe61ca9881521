package io.github.keycloakpasskey.documents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** JSON for people: members in their order, and what fits into a line stands in one. */
final class PrettyJson {

    private static final int WIDTH = 100;
    private static final String INDENT = "  ";

    /** Of texts that are longer than the first, the second is shown. */
    private static final int LONGEST = 64;

    private static final int SHOWN = 32;

    private final boolean cuts;

    private PrettyJson(boolean cuts) {
        this.cuts = cuts;
    }

    static String of(JsonNode json) {
        return new PrettyJson(false).write(json, "");
    }

    /** Shows the beginning of long texts alone. */
    static String cut(JsonNode json) {
        return new PrettyJson(true).write(json, "");
    }

    private String write(JsonNode json, String indent) {
        String line = line(json);
        boolean fits = indent.length() + line.length() <= WIDTH && !indent.isEmpty();
        if (fits || json.isEmpty()) {
            return line;
        }
        List<String> entries = new ArrayList<>();
        if (json.isObject()) {
            json.properties()
                    .forEach(member ->
                            entries.add("\"" + member.getKey() + "\": " + write(member.getValue(), indent + INDENT)));
        } else {
            json.forEach(entry -> entries.add(write(entry, indent + INDENT)));
        }
        String between = "\n" + indent + INDENT;
        return entries.stream()
                .collect(Collectors.joining(
                        "," + between,
                        (json.isObject() ? "{" : "[") + between,
                        "\n" + indent + (json.isObject() ? "}" : "]")));
    }

    private String line(JsonNode json) {
        if (json.isObject()) {
            return json.properties().stream()
                    .map(member -> "\"" + member.getKey() + "\": " + line(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (json.isArray()) {
            return StreamSupport.stream(json.spliterator(), false)
                    .map(this::line)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        boolean isCut = cuts && json.isTextual() && json.textValue().length() > LONGEST;
        return isCut ? "\"" + json.textValue().substring(0, SHOWN) + "…\"" : json.toString();
    }
}
