package io.github.keycloakpasskey.documents;

import static io.github.keycloakpasskey.documents.MarkdownTable.code;
import static io.github.keycloakpasskey.documents.MarkdownTable.row;

import io.github.keycloakpasskey.keycloak.flow.PasskeyOrganizationFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.authentication.ConfigurableAuthenticatorFactory;
import org.keycloak.authentication.FormActionFactory;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.organization.authentication.authenticators.browser.OrganizationAuthenticatorFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderFactory;

/** The settings of a realm, as the factories describe them to the admin console. */
final class SettingsTables {

    private static final List<String> COLUMNS = List.of("Setting", "Key", "Default", "Values", "Meaning");

    private static final Pattern RANGE = Pattern.compile("\\b\\d+ to \\d+\\b");

    private SettingsTables() {}

    /** The required actions of this extension. */
    static Stream<RequiredActionFactory> requiredActions() {
        return RegisteredFactories.of(RequiredActionFactory.class).stream().map(RequiredActionFactory.class::cast);
    }

    /** The steps of flows that this extension has, those of forms among them. */
    static Stream<ConfigurableAuthenticatorFactory> steps() {
        return Stream.of(AuthenticatorFactory.class, FormActionFactory.class)
                .flatMap(kind -> RegisteredFactories.of(kind).stream())
                .map(ConfigurableAuthenticatorFactory.class::cast);
    }

    /** The id by which flows name a step. */
    static String id(ConfigurableAuthenticatorFactory step) {
        return ((ProviderFactory<?>) step).getId();
    }

    /** The keys under which settings are stored. */
    static List<String> keys(List<ProviderConfigProperty> settings) {
        return settings.stream().map(ProviderConfigProperty::getName).toList();
    }

    static String ofRequiredActions() {
        List<String> keycloaks = keys(RequiredActionFactory.MAX_AUTH_AGE_CONFIG_PROPERTIES);
        return MarkdownTable.of(
                COLUMNS,
                requiredActions()
                        .flatMap(action -> action.getConfigMetadata().stream())
                        .map(setting -> setting(setting, keycloaks))
                        .toList());
    }

    static String ofWhichSteps() {
        return MarkdownTable.of(
                List.of("Step", "Id", "Requirement", "Settings", "What it does"),
                steps().map(SettingsTables::step).toList());
    }

    /** A table for each set of steps that have the same settings. */
    static String ofSteps() {
        Map<String, List<String>> stepsBySetting = new LinkedHashMap<>();
        steps().forEach(step -> step.getConfigProperties().forEach(setting -> stepsBySetting
                .computeIfAbsent(setting(setting, keycloaks(step)), unseen -> new ArrayList<>())
                .add("**" + step.getDisplayType() + "**")));
        Map<List<String>, List<String>> settingsBySteps = new LinkedHashMap<>();
        stepsBySetting.forEach((setting, steps) -> settingsBySteps
                .computeIfAbsent(steps, unseen -> new ArrayList<>())
                .add(setting));
        return settingsBySteps.entrySet().stream()
                .map(table -> String.join(", ", table.getKey()) + "\n\n" + MarkdownTable.of(COLUMNS, table.getValue()))
                .collect(Collectors.joining("\n\n"));
    }

    private static String step(ConfigurableAuthenticatorFactory step) {
        List<String> keys = keys(step.getConfigProperties());
        return row(List.of(
                step.getDisplayType(),
                code(id(step)),
                Arrays.stream(step.getRequirementChoices())
                        .map(SettingsTables::name)
                        .collect(Collectors.joining(", ")),
                keys.isEmpty() ? "none" : codes(keys),
                step.getHelpText()));
    }

    private static String name(Requirement requirement) {
        String name = requirement.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /** @param keycloaks the keys of Keycloak's own settings, whose help texts are Keycloak's */
    private static String setting(ProviderConfigProperty setting, List<String> keycloaks) {
        Object byDefault = setting.getDefaultValue();
        return row(List.of(
                setting.getLabel(),
                code(setting.getName()),
                byDefault == null ? "empty" : code(byDefault.toString()),
                values(setting),
                keycloaks.contains(setting.getName()) ? "Keycloak's own setting." : setting.getHelpText()));
    }

    private static String values(ProviderConfigProperty setting) {
        return switch (setting.getType()) {
            case ProviderConfigProperty.LIST_TYPE -> "one of " + codes(setting.getOptions());
            case ProviderConfigProperty.MULTIVALUED_LIST_TYPE -> "any of " + codes(setting.getOptions());
            case ProviderConfigProperty.BOOLEAN_TYPE -> "one of " + codes(List.of("true", "false"));
            case ProviderConfigProperty.MULTIVALUED_STRING_TYPE -> "texts";
            case ProviderConfigProperty.STRING_TYPE -> range(setting);
            case ProviderConfigProperty.TEXT_TYPE -> "lines of text";
            default -> throw new AssertionError("no words for the type " + setting.getType());
        };
    }

    /** Only the help text names the range of a number. */
    private static String range(ProviderConfigProperty setting) {
        Matcher range = RANGE.matcher(setting.getHelpText());
        return range.find() ? "a number, " + range.group() : "a text";
    }

    /** The keys of settings that a step takes over from the step of Keycloak's that it replaces. */
    private static List<String> keycloaks(ConfigurableAuthenticatorFactory step) {
        return id(step).equals(PasskeyOrganizationFactory.ID)
                ? keys(new OrganizationAuthenticatorFactory().getConfigProperties())
                : List.of();
    }

    private static String codes(Collection<String> texts) {
        return texts.stream().map(MarkdownTable::code).collect(Collectors.joining(", "));
    }
}
