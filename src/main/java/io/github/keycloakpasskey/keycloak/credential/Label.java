package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.settings.VisibleText;
import java.text.Normalizer;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * The user's name for a passkey. Keycloak refuses a label that the user has already, but only after the
 * authenticator has created its key. So labels are made unique before they are stored.
 */
final class Label {

    /** The width of Keycloak's column, in characters. */
    private static final int LONGEST = 255;

    private static final Pattern BLANKS = Pattern.compile(" +");

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

    /** Removes what cannot be seen; some databases cannot store NUL. */
    static String clean(String label) {
        return VisibleText.of(label);
    }

    /**
     * Compares as Keycloak does, ignoring case, also of letters that other languages fold differently. Labels that were stored
     * past this class are compared as they look.
     */
    private static boolean isTaken(String label, Collection<String> taken) {
        return taken.stream().anyMatch(other -> look(clean(other)).equalsIgnoreCase(look(label)));
    }

    /** Pages show a row of blanks as one, and letters with marks alike however they are composed. */
    private static String look(String label) {
        return BLANKS.matcher(Normalizer.normalize(label, Normalizer.Form.NFC)).replaceAll(" ");
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
