package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.webauthn.Hint;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * One setting, declared once: what the admin console shows of it, and how its text is read.
 *
 * @param name its key in the stored configuration
 * @param type one of the types of {@link ProviderConfigProperty}
 * @param options what can be chosen; empty where anything can be typed
 * @param byDefault the text that an unset setting stands for; empty for none
 * @param reader reads the text; throws {@link IllegalArgumentException} with what is wrong about it
 * @param salvage what rules in place of a text that cannot be read: rather too strict than too lax
 * @param <T> what the code works with
 */
record Setting<T>(
        String name,
        String label,
        String help,
        String type,
        List<String> options,
        String byDefault,
        Function<String, T> reader,
        Function<String, T> salvage) {

    /** Keycloak joins the values of one setting by ##; people who write files use commas, blanks or lines. */
    private static final Pattern BETWEEN_VALUES = Pattern.compile("##|[,\\s]+");

    private static final Logger LOG = Logger.getLogger(Setting.class);

    private static final List<String> YES_OR_NO = List.of("true", "false");

    /** The names of WebAuthn's hints, for a choice among them. */
    static final List<String> HINTS =
            Arrays.stream(Hint.values()).map(Hint::json).toList();

    /** Hears what is wrong about a setting. */
    interface Problems {

        void report(Setting<?> setting, String problem);
    }

    T read(Map<String, String> config, Problems problems) {
        String text = Optional.ofNullable(config.get(name))
                .map(String::strip)
                .filter(set -> !set.isEmpty())
                .orElse(byDefault);
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException wrong) {
            problems.report(this, wrong.getMessage());
            return salvage.apply(text);
        }
    }

    ProviderConfigProperty property() {
        ProviderConfigProperty property =
                new ProviderConfigProperty(name, label, help, type, byDefault.isEmpty() ? null : byDefault);
        if (!options.isEmpty()) {
            property.setOptions(options);
        }
        return property;
    }

    /** @throws IllegalArgumentException if the text is none of the options */
    static String oneOf(List<String> options, String text) {
        if (!options.contains(text)) {
            throw new IllegalArgumentException("“" + text + "” is none of " + String.join(", ", options));
        }
        return text;
    }

    /** @throws IllegalArgumentException if one of the values is none of the options */
    static Set<String> eachOf(List<String> options, String text) {
        return values(text).stream().map(value -> oneOf(options, value)).collect(Collectors.toUnmodifiableSet());
    }

    /** @throws IllegalArgumentException if one of the values is no hint of WebAuthn */
    static List<Hint> hints(String text) {
        return values(text).stream()
                .map(value -> Hint.ofJson(oneOf(HINTS, value)).orElseThrow())
                .toList();
    }

    /** @throws IllegalArgumentException if the text is neither {@code true} nor {@code false} */
    static boolean yesOrNo(String text) {
        return Boolean.parseBoolean(oneOf(YES_OR_NO, text));
    }

    /**
     * Empty for an empty text.
     *
     * @throws IllegalArgumentException if the text is no number of that range
     */
    static OptionalInt number(String text, int least, int most) {
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        boolean isShort = text.matches("[1-9]\\d{0,8}");
        if (!isShort || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("“" + text + "” is no number from " + least + " to " + most);
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    /**
     * What is stored for a step of a flow.
     *
     * @param model null where nothing was ever set
     */
    static Map<String, String> stored(AuthenticatorConfigModel model) {
        return model == null || model.getConfig() == null ? Map.of() : model.getConfig();
    }

    /**
     * Says in the log what is wrong about stored settings: a realm file is not checked when it is imported.
     *
     * @param model as in {@link #stored}
     */
    static Problems logged(RealmModel realm, AuthenticatorConfigModel model) {
        return (setting, problem) -> LOG.warnf(
                "realm %s, settings %s, %s: %s",
                realm.getName(), model == null ? "" : model.getAlias(), setting.name(), problem);
    }

    /** What is wrong about the settings of one form, by the name of the setting, each with its label. */
    static final class Findings implements Problems {

        private final Map<String, String> byName = new LinkedHashMap<>();

        /** The admin console shows the text alone, so it says which field it is about. */
        @Override
        public void report(Setting<?> setting, String problem) {
            byName.putIfAbsent(setting.name(), setting.label() + ": " + problem);
        }

        void reportIf(boolean wrong, Setting<?> setting, String problem) {
            if (wrong) {
                report(setting, problem);
            }
        }

        Map<String, String> byName() {
            return byName;
        }
    }

    static Set<String> values(String text) {
        Set<String> values = new LinkedHashSet<>(Arrays.asList(BETWEEN_VALUES.split(text)));
        values.remove("");
        return values;
    }
}
