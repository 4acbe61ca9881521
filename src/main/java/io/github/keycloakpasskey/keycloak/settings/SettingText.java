package io.github.keycloakpasskey.keycloak.settings;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the texts of settings. Each method throws {@link IllegalArgumentException} with a message for the administrator
 * if it is given an invalid text.
 */
final class SettingText {

    /** Keycloak joins the values of one setting with ##; files written by hand use commas, blanks or lines. */
    private static final Pattern BETWEEN_VALUES = Pattern.compile("##|[,\\s]+");

    private static final Pattern PROVIDER_ID = Pattern.compile("[A-Za-z0-9._-]{1,255}");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

    private SettingText() {}

    /** The options for an enum: the names of its constants, as in {@code cross-platform}. */
    static List<String> options(Enum<?>[] constants) {
        return Arrays.stream(constants).map(SettingText::option).toList();
    }

    /** The same, after an option that stands for none of the constants. */
    static List<String> options(String none, Enum<?>[] constants) {
        return Stream.concat(Stream.of(none), options(constants).stream()).toList();
    }

    private static String option(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The constant of an option. */
    static <E extends Enum<E>> E constant(E[] constants, String option) {
        return optional(constants, option).orElseThrow(() -> invalidOption(options(constants), option));
    }

    /** The constant of an option; empty for the option that stands for none. */
    static <E extends Enum<E>> Optional<E> optional(E[] constants, String option) {
        return Arrays.stream(constants)
                .filter(constant -> option(constant).equals(option))
                .findFirst();
    }

    /** The constants of several options, in their order. */
    static <E extends Enum<E>> List<E> constants(E[] constants, String text) {
        return values(text).stream().map(option -> constant(constants, option)).toList();
    }

    static void requireOption(List<String> options, String text) {
        if (!options.contains(text)) {
            throw invalidOption(options, text);
        }
    }

    private static IllegalArgumentException invalidOption(List<String> options, String text) {
        return new IllegalArgumentException(ForeignText.quoted(text) + " is none of " + String.join(", ", options));
    }

    static boolean yesOrNo(String text) {
        requireOption(List.of("true", "false"), text);
        return Boolean.parseBoolean(text);
    }

    /** A number within a range; empty for an empty text. */
    static OptionalInt number(String text, int min, int max) {
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw new IllegalArgumentException(ForeignText.quoted(text) + " is no number from " + min + " to " + max);
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    /** The separate values of a text, in their order. */
    static Set<String> values(String text) {
        Set<String> values = new LinkedHashSet<>(Arrays.asList(BETWEEN_VALUES.split(text)));
        values.remove("");
        return Collections.unmodifiableSet(values);
    }

    /** Origins, such as {@code https://shop.example.com}, in the spelling of browsers. */
    static Set<String> origins(String text) {
        OriginList list = OriginList.ofSites(values(text));
        list.problems().stream().findFirst().ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return list.origins();
    }

    /** The origins of a text that are spelt in another way than browsers spell them. */
    static List<String> respeltOrigins(String text) {
        return OriginList.ofSites(values(text)).respelt();
    }

    /** Ids of providers, like {@code auth-otp-form}. */
    static Set<String> providerIds(String text, int max) {
        Set<String> ids = values(text);
        if (ids.size() > max) {
            throw new IllegalArgumentException("there are " + ids.size() + " IDs; at most " + max + " are allowed");
        }
        ids.stream()
                .filter(id -> !PROVIDER_ID.matcher(id).matches())
                .findFirst()
                .ifPresent(id -> {
                    throw new IllegalArgumentException(ForeignText.quoted(id)
                            + " is no provider ID; one has up to 255 letters, digits, dots, hyphens and underscores");
                });
        return ids;
    }
}
