package io.github.keycloakpasskey.keycloak.settings;

import static java.lang.Character.UnicodeScript.ARMENIAN;
import static java.lang.Character.UnicodeScript.COMMON;
import static java.lang.Character.UnicodeScript.CYRILLIC;
import static java.lang.Character.UnicodeScript.GEORGIAN;
import static java.lang.Character.UnicodeScript.GREEK;
import static java.lang.Character.UnicodeScript.HAN;
import static java.lang.Character.UnicodeScript.HANGUL;
import static java.lang.Character.UnicodeScript.HEBREW;
import static java.lang.Character.UnicodeScript.HIRAGANA;
import static java.lang.Character.UnicodeScript.INHERITED;
import static java.lang.Character.UnicodeScript.KATAKANA;
import static java.lang.Character.UnicodeScript.LATIN;
import static java.lang.Character.UnicodeScript.MONGOLIAN;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * A text of one line without characters that show nothing of their own: overrides and isolates of the direction of writing,
 * zero-width spaces, fillers and the like. Two texts that differ only in them look the same, or show letters in another order
 * than they have.
 *
 * <p>A joiner stays between two letters of a script in which it changes how they are written, as in Persian, Hindi and
 * Sinhala, and between two emojis, of which it makes one picture. The tags of a flag, such as Scotland's, stay behind it.
 */
public final class VisibleText {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;
    private static final int FIRST_SELECTOR = 0xfe00;
    private static final int EMOJI_SELECTOR = 0xfe0f;
    private static final int FIRST_SUPPLEMENTARY_SELECTOR = 0xe0100;
    private static final int LAST_SUPPLEMENTARY_SELECTOR = 0xe01ef;
    private static final int KEYCAP = 0x20e3;
    private static final int FLAG = 0x1f3f4;
    private static final int FIRST_TAG = 0xe0020;
    private static final int END_OF_TAGS = 0xe007f;

    /** Letters of these scripts are written alike with a joiner between them. */
    private static final Set<UnicodeScript> WITHOUT_JOINERS = EnumSet.of(
            LATIN, GREEK, CYRILLIC, ARMENIAN, GEORGIAN, HEBREW, HAN, HIRAGANA, KATAKANA, HANGUL, COMMON, INHERITED);

    /** Letters, marks and symbols that are blank: the grapheme joiner, Hangul fillers, inherent vowels, a blank of Braille. */
    private static final Set<Integer> BLANK =
            Set.of(0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2065, 0x2800, 0x3164, 0xffa0, 0x16fe4);

    private final int[] text;

    private VisibleText(String text) {
        this.text = text.codePoints().toArray();
    }

    /** The text without what cannot be seen, and without blanks before and behind it. Each blank is an ordinary one. */
    public static String of(String text) {
        return new VisibleText(text).visible();
    }

    private String visible() {
        StringBuilder visible = new StringBuilder();
        int at = 0;
        while (at < text.length) {
            int end = text[at] == FLAG ? endOfTags(at + 1) : at + 1;
            if (end > at + 1 || isShown(at)) {
                visible.append(isSeparator(text[at]) ? " " : new String(text, at, end - at));
            }
            at = end;
        }
        return visible.toString().strip();
    }

    private boolean isShown(int at) {
        return isSelector(text[at]) ? isNeededSelector(at) : !isInvisible(text[at]) || isNeededJoiner(at);
    }

    /** Characters that choose one of several forms of the character before them. */
    private static boolean isSelector(int codePoint) {
        return (codePoint >= FIRST_SELECTOR && codePoint <= EMOJI_SELECTOR)
                || (codePoint >= FIRST_SUPPLEMENTARY_SELECTOR && codePoint <= LAST_SUPPLEMENTARY_SELECTOR)
                || isMongolianSelector(codePoint);
    }

    private static boolean isMongolianSelector(int codePoint) {
        return (codePoint >= 0x180b && codePoint <= 0x180d) || codePoint == 0x180f;
    }

    /** Only of a character that has several forms. */
    private boolean isNeededSelector(int at) {
        if (at == 0) {
            return false;
        }
        int before = text[at - 1];
        if (isMongolianSelector(text[at])) {
            return UnicodeScript.of(before) == MONGOLIAN && Character.isLetter(before);
        }
        boolean isKeycap = at < text.length - 1 && text[at + 1] == KEYCAP;
        return text[at] == EMOJI_SELECTOR
                ? isKeycap || (isEmoji(before) && before != EMOJI_SELECTOR)
                : UnicodeScript.of(before) == HAN;
    }

    /** Where the tags behind a flag end; there are none if they do not end as such. */
    private int endOfTags(int from) {
        int at = from;
        while (at < text.length && text[at] >= FIRST_TAG && text[at] < END_OF_TAGS) {
            at++;
        }
        return at > from && at < text.length && text[at] == END_OF_TAGS ? at + 1 : from;
    }

    private boolean isNeededJoiner(int at) {
        if (at == 0 || at == text.length - 1) {
            return false;
        }
        int before = text[at - 1];
        int after = text[at + 1];
        boolean joinsLetters = isJoined(before) && isJoined(after);
        boolean joinsEmojis = isEmoji(before) && isEmoji(after);
        return (text[at] == ZERO_WIDTH_JOINER && (joinsLetters || joinsEmojis))
                || (text[at] == ZERO_WIDTH_NON_JOINER && joinsLetters);
    }

    private static boolean isJoined(int codePoint) {
        return !WITHOUT_JOINERS.contains(UnicodeScript.of(codePoint))
                && (Character.isLetter(codePoint) || isMark(codePoint))
                && !BLANK.contains(codePoint);
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** By blocks as well, because Java knows only the emojis of its own version of Unicode; and what is behind an emoji. */
    private static boolean isEmoji(int codePoint) {
        return codePoint == EMOJI_SELECTOR
                || Character.getType(codePoint) == Character.OTHER_SYMBOL
                || (codePoint >= 0x2190 && codePoint <= 0x21ff)
                || (codePoint >= 0x1f000 && codePoint <= 0x1faff);
    }

    private static boolean isSeparator(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> true;
            default -> false;
        };
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE -> true;
            case Character.UNASSIGNED -> isNoCharacter(codePoint) || BLANK.contains(codePoint);
            default -> BLANK.contains(codePoint);
        };
    }

    /** Code points that never stand for a character, and those that are reserved for invisible ones. */
    private static boolean isNoCharacter(int codePoint) {
        return (codePoint & 0xfffe) == 0xfffe
                || (codePoint >= 0xfdd0 && codePoint <= 0xfdef)
                || (codePoint >= 0xe0000 && codePoint <= 0xe0fff);
    }
}
