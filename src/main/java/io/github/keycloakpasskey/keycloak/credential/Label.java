package io.github.keycloakpasskey.keycloak.credential;

import java.util.Collection;
import java.util.regex.Pattern;

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
        String clean = clean(wanted);
        String label = shorten(clean, LONGEST);
        for (int number = 2; isTaken(label, taken); number++) {
            String suffix = " (" + number + ")";
            label = shorten(clean, LONGEST - suffix.length()) + suffix;
        }
        return label;
    }

    /** Control characters say nothing to people, and some databases store no NUL. */
    static String clean(String label) {
        return CONTROL_CHARACTERS.matcher(label).replaceAll(" ").strip();
    }

    /** Compared as Keycloak compares: letters that fold differently in other languages count too. */
    private static boolean isTaken(String label, Collection<String> taken) {
        return taken.stream().anyMatch(other -> other.strip().equalsIgnoreCase(label));
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
