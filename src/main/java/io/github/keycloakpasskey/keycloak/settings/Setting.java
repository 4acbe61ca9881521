package io.github.keycloakpasskey.keycloak.settings;

import static org.keycloak.provider.ProviderConfigProperty.BOOLEAN_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_STRING_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.TEXT_TYPE;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * One setting: its field in the admin console, and how its stored text becomes a value.
 *
 * <p>A setting is declared once, in the class of the form that it belongs to. The declaration begins with the kind of
 * field, for example {@link #text}, and ends with {@link Typed#fallback}.
 *
 * @param <T> the type of the value
 */
public final class Setting<T> {

    private static final int MAX_LENGTH = 65_536;
    private static final int MAX_LENGTH_OF_LONG_TEXT = 8 * MAX_LENGTH;

    private final Field field;
    private final Function<String, T> reader;
    private final Function<String, T> fallback;
    private final Readings<String, Reading<T>> readings = new Readings<>(this::read, String::length);

    private Setting(Field field, Function<String, T> reader, Function<String, T> fallback) {
        this.field = field;
        this.reader = reader;
        this.fallback = fallback;
    }

    /** What a text says: its value, what is wrong if it is invalid, and what to tell of it if it is valid. */
    private record Reading<T>(T value, Optional<String> problem, List<String> remarks) {}

    /** A choice of one of several options. */
    static Field choice(String key, List<String> options) {
        return new Field(key, LIST_TYPE, options);
    }

    /** A choice of any number of options. */
    static Field choices(String key, List<String> options) {
        return new Field(key, MULTIVALUED_LIST_TYPE, options);
    }

    /** A switch, stored as {@code true} or {@code false}. */
    static Field onOff(String key) {
        return new Field(key, BOOLEAN_TYPE, List.of());
    }

    /** One line of text. */
    static Field text(String key) {
        return new Field(key, STRING_TYPE, List.of());
    }

    /** Any number of texts, each on a line of its own. */
    static Field texts(String key) {
        return new Field(key, MULTIVALUED_STRING_TYPE, List.of());
    }

    /** A text of many lines. */
    static Field longText(String key) {
        return new Field(key, TEXT_TYPE, List.of());
    }

    /** The key under which Keycloak stores the setting. */
    String key() {
        return field.key;
    }

    String label() {
        return field.label;
    }

    /** The value of a stored text, or the fallback if the text is invalid, which is reported. */
    T read(Map<String, String> stored, Problems problems) {
        return report(stored, problems, readings::of);
    }

    /** The same for a text that is about to be saved. It is not remembered, as it may be refused. */
    T check(Map<String, String> config, Problems problems) {
        return report(config, problems, this::read);
    }

    private T report(Map<String, String> stored, Problems problems, Function<String, Reading<T>> how) {
        String text = Optional.ofNullable(stored.get(field.key))
                .map(String::strip)
                .filter(set -> !set.isEmpty())
                .orElse(field.defaultText);
        Reading<T> reading = text.length() > maxLength() ? tooLong(text) : how.apply(text);
        reading.problem().ifPresent(problem -> problems.report(this, text, problem));
        reading.remarks().forEach(remark -> problems.remark(this, text, remark));
        return reading.value();
    }

    private Reading<T> read(String text) {
        try {
            return new Reading<>(reader.apply(text), Optional.empty(), field.remarks.apply(text));
        } catch (IllegalArgumentException invalid) {
            return invalid(text, invalid.getMessage());
        }
    }

    /** Of a text that is too long, only the beginning is looked at. */
    private Reading<T> tooLong(String text) {
        return invalid(
                text.substring(0, maxLength()),
                "it has " + text.length() + " characters; at most " + maxLength() + " are allowed");
    }

    private Reading<T> invalid(String text, String problem) {
        return new Reading<>(fallback.apply(text), Optional.of(problem), List.of());
    }

    private int maxLength() {
        return field.type.equals(TEXT_TYPE) ? MAX_LENGTH_OF_LONG_TEXT : MAX_LENGTH;
    }

    /** The field as the admin console shows it. */
    ProviderConfigProperty property() {
        ProviderConfigProperty property = new ProviderConfigProperty(
                field.key, field.label, field.help, field.type, field.defaultText.isEmpty() ? null : field.defaultText);
        if (!field.options.isEmpty()) {
            property.setOptions(field.options);
        }
        return property;
    }

    /** Receives problems of settings. */
    interface Problems {

        /**
         * Reports an invalid text.
         *
         * @param value the stored text
         * @param problem what is wrong, for an administrator; foreign text in it is quoted
         */
        void report(Setting<?> setting, String value, String problem);

        /**
         * Reports what an administrator should know of a valid text.
         *
         * @param value the stored text
         * @param remark what to know; foreign text in it is quoted
         */
        default void remark(Setting<?> setting, String value, String remark) {
            // Only a log tells remarks.
        }
    }

    /** The first part of a declaration: what the admin console shows. */
    static final class Field {

        private final String key;
        private final String type;
        private final List<String> options;
        private String label = "";
        private String help = "";
        private String defaultText = "";
        private Function<String, List<String>> remarks = text -> List.of();

        private Field(String key, String type, List<String> options) {
            this.key = key;
            this.type = type;
            this.options = List.copyOf(options);
        }

        Field label(String text) {
            label = text;
            return this;
        }

        Field help(String text) {
            help = text;
            return this;
        }

        /** The text that an unset setting stands for. Without this, it is the empty text. */
        Field defaultsTo(String text) {
            defaultText = text;
            return this;
        }

        /** What an administrator should know of a valid text. Without this, there is nothing. */
        Field remarks(Function<String, List<String>> ofText) {
            remarks = ofText;
            return this;
        }

        /**
         * How a text becomes a value. For a choice the reader is only given options.
         *
         * @param reader gives an immutable value, as each text is read once; throws {@link IllegalArgumentException} with
         *     a message for the administrator if the text is invalid
         */
        <T> Typed<T> reader(Function<String, T> reader) {
            return new Typed<>(this, text -> reader.apply(checked(text)));
        }

        private String checked(String text) {
            if (type.equals(LIST_TYPE)) {
                SettingText.requireOption(options, text);
            } else if (type.equals(MULTIVALUED_LIST_TYPE)) {
                SettingText.values(text).forEach(value -> SettingText.requireOption(options, value));
            }
            return text;
        }
    }

    /** The second part of a declaration: how the text is read. */
    static final class Typed<T> {

        private final Field field;
        private final Function<String, T> reader;

        private Typed(Field field, Function<String, T> reader) {
            this.field = field;
            this.reader = reader;
        }

        /** The value that applies if the stored text is invalid: rather too strict than too lax. */
        Setting<T> fallback(T value) {
            Objects.requireNonNull(value);
            return fallbackFrom(text -> value);
        }

        /** The same, for a fallback that keeps the valid part of the text. */
        Setting<T> fallbackFrom(Function<String, T> fallback) {
            if (field.label.isBlank() || field.help.isBlank()) {
                throw new IllegalArgumentException("the setting " + field.key + " has no label or no help");
            }
            Objects.requireNonNull(reader.apply(field.defaultText));
            return new Setting<>(field, reader, fallback);
        }
    }
}
