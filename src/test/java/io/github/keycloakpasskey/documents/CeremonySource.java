package io.github.keycloakpasskey.documents;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The source of a ceremony, in which a comment says of which steps of the specification the lines below it are. */
final class CeremonySource {

    private static final Pattern STEPS = Pattern.compile("// Steps? (\\d+)(?:(?: and | to )(\\d+))?\\b.*");

    private final String name;
    private final Map<Integer, String> steps = new LinkedHashMap<>();

    private CeremonySource(String name, String source) {
        this.name = name;
        List<Integer> current = new ArrayList<>();
        for (String line : source.lines().map(String::strip).toList()) {
            Matcher comment = STEPS.matcher(line);
            if (comment.matches()) {
                int first = Integer.parseInt(comment.group(1));
                int last = comment.group(2) == null ? first : Integer.parseInt(comment.group(2));
                current.clear();
                for (int step = first; step <= last; step++) {
                    current.add(step);
                }
            } else if (line.startsWith("//")) {
                current.clear();
            } else {
                current.forEach(step -> steps.merge(step, line, String::concat));
            }
        }
    }

    static CeremonySource of(String className) {
        return new CeremonySource(className, SourceCode.of(className).orElseThrow());
    }

    /** What its class is called. */
    String name() {
        return name;
    }

    /** The lines of a step; empty where they only say whose it is. */
    Optional<String> step(int number) {
        return Optional.ofNullable(steps.get(number)).filter(lines -> !lines.startsWith("return "));
    }
}
