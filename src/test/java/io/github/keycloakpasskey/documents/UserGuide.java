package io.github.keycloakpasskey.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
    private static final Pattern PICTURE = Pattern.compile("(?:!\\[[^\\]]+]\\(|<img src=\")([^)\"]+)");

    private final String text;

    private UserGuide(String text) {
        this.text = text;
    }

    static UserGuide read() {
        try {
            return new UserGuide(Files.readString(FILE).replace("\n", " "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> quotes() {
        return found(QUOTE);
    }

    List<String> names() {
        return found(NAME);
    }

    List<Path> pictures() {
        return found(PICTURE).stream()
                .map(link -> FILE.resolveSibling(link).normalize())
                .toList();
    }

    private List<String> found(Pattern pattern) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
