package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.WebAuthnConstants;
import org.keycloak.events.Details;

/** The names of the details that this extension gives events: what its source calls {@code detail} with. */
final class EventDetails {

    private static final Path SOURCES = Path.of("src/main/java");

    /** Details that newer versions of Keycloak give themselves. */
    private static final Path IN_THE_PLACE_OF_KEYCLOAK = SOURCES.resolve("io/github/keycloakpasskey/keycloak/server");

    private static final Pattern CALL = Pattern.compile("\\bdetail\\(\\s*(?:(\\w+)\\.)?(\\w+)\\s*,");

    private EventDetails() {}

    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        ProjectFiles.below(SOURCES, ".java").stream()
                .filter(file -> !file.startsWith(IN_THE_PLACE_OF_KEYCLOAK))
                .forEach(file -> addNamesIn(file, names));
        return names;
    }

    private static void addNamesIn(Path file, Set<String> names) {
        String source = ProjectFiles.read(file);
        CALL.matcher(source)
                .results()
                .map(call -> name(call.group(1), call.group(2), source))
                .forEach(names::add);
    }

    /** @param owner of the constant; null where it is the file's own */
    private static String name(String owner, String constant, String source) {
        if (owner == null) {
            Matcher declaration =
                    Pattern.compile("\\b" + constant + " = \"([^\"]+)\"").matcher(source);
            if (!declaration.find()) {
                throw new AssertionError("where is " + constant + " declared?");
            }
            return declaration.group(1);
        }
        return switch (owner) {
            case "Details" -> value(Details.class, constant);
            case "WebAuthnConstants" -> value(WebAuthnConstants.class, constant);
            default -> throw new AssertionError("unknown owner of a detail’s name: " + owner);
        };
    }

    private static String value(Class<?> owner, String constant) {
        try {
            return (String) owner.getField(constant).get(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(constant, e);
        }
    }
}
