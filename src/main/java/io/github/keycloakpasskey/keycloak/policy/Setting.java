package io.github.keycloakpasskey.keycloak.policy;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
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

    static Set<String> values(String text) {
        Set<String> values = new LinkedHashSet<>(Arrays.asList(BETWEEN_VALUES.split(text)));
        values.remove("");
        return values;
    }
}
