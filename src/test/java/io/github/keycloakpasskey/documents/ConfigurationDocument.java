package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/configuration.md}: written by hand, but for the tables that are made from the code. */
final class ConfigurationDocument {

    static final Path FILE = Path.of("docs/configuration.md");

    private final String text;

    private ConfigurationDocument(String text) {
        this.text = text;
    }

    /** The document as it is. */
    static ConfigurationDocument read() {
        return new ConfigurationDocument(ProjectFiles.read(FILE));
    }

    String text() {
        return text;
    }

    /** Its tables as the code has them now. */
    static Map<String, String> tables() {
        return Map.of(
                "settings of the required action", SettingsTables.ofRequiredActions(),
                "steps", SettingsTables.ofWhichSteps(),
                "settings of steps", SettingsTables.ofSteps(),
                "reasons", ReasonsTable.markdown());
    }

    /** The only block of code in this language. */
    String block(String language) {
        List<String> blocks = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
        if (blocks.size() != 1) {
            throw new AssertionError(blocks.size() + " blocks of " + language);
        }
        return blocks.get(0);
    }

    /**
     * The rows of the table below a heading, without its head, by their first cell.
     *
     * @param column which cell is wanted, counted from 0
     */
    Map<String, String> column(String heading, int column) {
        return rows(heading).collect(Collectors.toMap(cells -> cells.get(0), cells -> cells.get(column)));
    }

    private Stream<List<String>> rows(String heading) {
        String section = Pattern.compile("(?ms)^#+ " + Pattern.quote(heading) + "$(.*?)(?=^#|\\z)")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no heading " + heading));
        return Pattern.compile("(?m)^\\| (.*) \\|$")
                .matcher(section)
                .results()
                .map(row -> List.of(row.group(1).split(" \\| ", -1)))
                .skip(1);
    }
}
