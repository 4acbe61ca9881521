package io.github.keycloakpasskey.keycloak.credential;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The person's name for a passkey. Keycloak refuses a label that the user has already, after the
 * authenticator has made its key: so labels are made unique before they are stored.
 */
final class Label {

    /** The width of Keycloak's column, in characters. */
    private static final int LONGEST = 255;

    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cc}");

    private Label() {}

    /** The wanted label, cleaned, shortened and numbered where that is needed to be stored. */
    static String unique(String wanted, Collection<String> taken) {
        Set<String> folded = taken.stream().map(Label::fold).collect(Collectors.toSet());
        String clean = clean(wanted);
        String label = shorten(clean, LONGEST);
        for (int number = 2; folded.contains(fold(label)); number++) {
            String suffix = " (" + number + ")";
            label = shorten(clean, LONGEST - suffix.length()) + suffix;
        }
        return label;
    }

    /** Control characters say nothing to people, and some databases store no NUL. */
    static String clean(String label) {
        return CONTROL_CHARACTERS.matcher(label).replaceAll(" ").strip();
    }

    private static String fold(String label) {
        return label.strip().toLowerCase(Locale.ROOT);
    }

    /** Never cuts a character in two. */
    private static String shorten(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        boolean cutsPair = Character.isHighSurrogate(text.charAt(longest - 1));
        return text.substring(0, cutsPair ? longest - 1 : longest);
    }
}
