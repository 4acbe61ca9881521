package io.github.keycloakpasskey.testbed;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A document in Markdown that is written by hand, but for the parts that a command makes. */
public final class GeneratedDocument {

    private final String text;
    private final String command;

    /**
     * Takes the document as it is.
     *
     * @param command what the markers name, such as {@code bin/test}
     */
    public GeneratedDocument(String text, String command) {
        this.text = text;
        this.command = command;
    }

    /**
     * The document with these parts between their markers.
     *
     * @throws IllegalArgumentException if it has no place for one of them
     */
    public String with(Map<String, String> parts) {
        String changed = text;
        for (Map.Entry<String, String> part : parts.entrySet()) {
            String begin = "<!-- " + part.getKey() + ": made by " + command + " -->";
            String end = "<!-- end of " + part.getKey() + " -->";
            Matcher place = Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
                    .matcher(changed);
            if (!place.find()) {
                throw new IllegalArgumentException("no place for the part " + part.getKey());
            }
            String filled = begin + "\n\n" + part.getValue() + "\n\n" + end;
            changed = place.replaceFirst(Matcher.quoteReplacement(filled));
        }
        return changed;
    }
}
