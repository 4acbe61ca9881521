package io.github.keycloakpasskey.keycloak.settings;

/**
 * Text that somebody else wrote, prepared for a log line, a message or an event. Without this, a line break in a setting
 * could forge a line of the log, and a long value could flood it.
 */
public final class ForeignText {

    /** The most characters between the quotation marks. */
    static final int MAX_LENGTH = 80;

    private ForeignText() {}

    /** The text in quotation marks, {@linkplain #escaped escaped}. */
    public static String quoted(String text) {
        return "“" + escaped(text, MAX_LENGTH) + "”";
    }

    /**
     * The text without quotation marks. Characters that are invisible or change the direction of writing are escaped, as are
     * typographic quotation marks and backslashes; a long text is cut and ends with an ellipsis.
     *
     * @param maxLength the most characters of the result
     */
    public static String escaped(String text, int maxLength) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            String piece = isPlain(codePoint) ? Character.toString(codePoint) : escaped(codePoint);
            int room = at < text.length() ? maxLength - 1 : maxLength;
            if (shown.length() + piece.length() > room) {
                return shown + "…";
            }
            shown.append(piece);
        }
        return shown.toString();
    }

    /**
     * The text for a detail of an event. Characters above U+FFFF, such as emojis, are escaped: on MySQL and MariaDB the table
     * of events cannot store them, so that the request whose event it is would fail.
     */
    public static String inEvent(String text) {
        StringBuilder stored = new StringBuilder();
        text.codePoints()
                .forEach(codePoint -> stored.append(
                        Character.isBmpCodePoint(codePoint) ? Character.toString(codePoint) : escaped(codePoint)));
        return stored.toString();
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> codePoint != '\\' && codePoint != '“' && codePoint != '”';
        };
    }

    private static String escaped(int codePoint) {
        return codePoint == '\\' ? "\\\\" : String.format("\\u{%x}", codePoint);
    }
}
