package io.github.keycloakpasskey.keycloak.credential;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * The user's name for a passkey. Keycloak refuses a label that the user has already, but only after the
 * authenticator has created its key. So labels are made unique before they are stored.
 */
final class Label {

    /** The width of Keycloak's column, in characters. */
    private static final int LONGEST = 255;

    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cc}");

    private Label() {}

    /** The wanted label, cleaned, and shortened and numbered if necessary. */
    static String unique(String wanted, Collection<String> taken) {
        String clean = clean(wanted);
        String label = shorten(clean, LONGEST);
        for (int number = 2; isTaken(label, taken); number++) {
            String suffix = " (" + number + ")";
            label = shorten(clean, LONGEST - suffix.length()) + suffix;
        }
        return label;
    }

    /** Removes control characters, which cannot be read; some databases cannot store NUL. */
    static String clean(String label) {
        return CONTROL_CHARACTERS.matcher(label).replaceAll(" ").strip();
    }

    /** Compares as Keycloak does, ignoring case, also of letters that other languages fold differently. */
    private static boolean isTaken(String label, Collection<String> taken) {
        return taken.stream().anyMatch(other -> other.strip().equalsIgnoreCase(label));
    }

    /** Never cuts a surrogate pair in two. */
    private static String shorten(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        boolean cutsPair = Character.isHighSurrogate(text.charAt(longest - 1));
        return text.substring(0, cutsPair ? longest - 1 : longest);
    }
}
