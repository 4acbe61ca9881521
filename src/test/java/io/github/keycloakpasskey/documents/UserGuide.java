package io.github.keycloakpasskey.documents;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code docs/user-guide.md}: what pages say stands in “quotes” there, what people press in *italics*. */
final class UserGuide {

    /** What people press on pages of Keycloak's; {@link UserGuidePicturesIT} sees each of them there. */
    static final Set<String> NAMES_OF_KEYCLOAKS = Set.of(
            "Account security", "Signing in", "Set up Passkey", "Delete", "Confirm deletion", "Forgot Password?");

    private static final Path FILE = Path.of("docs/user-guide.md");
    private static final Pattern QUOTE = Pattern.compile("“([^”]+)”");
    private static final Pattern NAME = Pattern.compile("(?<!\\*)\\*([^*]+)\\*(?!\\*)");

    private final Markdown document;

    private UserGuide(Markdown document) {
        this.document = document;
    }

    static UserGuide read() {
        return new UserGuide(Markdown.read(FILE));
    }

    List<String> quotes() {
        return found(QUOTE);
    }

    List<String> names() {
        return found(NAME);
    }

    List<Path> pictures() {
        return document.links().stream()
                .map(document::target)
                .filter(file -> file.toString().endsWith(".png"))
                .toList();
    }

    private List<String> found(Pattern pattern) {
        return pattern.matcher(document.text().replace("\n", " "))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
