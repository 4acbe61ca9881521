package io.github.keycloakpasskey.keycloak.page;

import java.io.IOException;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.Theme;

/**
 * Tells which texts of a page are English because its language has no translation of them. Templates mark those, so that
 * screen readers pronounce them as English, and browsers set them from left to right. A bean, because FreeMarker reads
 * beans.
 */
public final class PageLanguage {

    private static final String ATTRIBUTE = "pageLanguage";

    private final Function<Locale, Properties> texts;
    private final Map<String, Set<String>> untranslated = new HashMap<>();

    PageLanguage(Function<Locale, Properties> texts) {
        this.texts = texts;
    }

    /** Gives this bean to the template of a page. */
    static void addTo(LoginFormsProvider form, KeycloakSession session) {
        form.setAttribute(ATTRIBUTE, new PageLanguage(language -> texts(session, language)));
    }

    /** The theme's texts in this language, with the realm's own: where one is missing, that of a parent language. */
    private static Properties texts(KeycloakSession session, Locale language) {
        try {
            return session.theme()
                    .getTheme(Theme.Type.LOGIN)
                    .getEnhancedMessages(session.getContext().getRealm(), language);
        } catch (IOException unreadable) {
            // Keycloak logs that, and shows the page with the keys of its texts.
            return new Properties();
        }
    }

    /**
     * Whether a text is English on a page of another language.
     *
     * @param language the language tag of the page
     * @param text the text as the page shows it, without parameters
     */
    public boolean isEnglish(String language, String text) {
        Locale locale = Locale.forLanguageTag(language);
        return !locale.getLanguage().equals(Locale.ENGLISH.getLanguage())
                && untranslated
                        .computeIfAbsent(language, tag -> untranslated(locale))
                        .contains(text);
    }

    private Set<String> untranslated(Locale locale) {
        Properties translated = texts.apply(locale);
        Set<String> same = new HashSet<>();
        texts.apply(Locale.ENGLISH).forEach((key, english) -> {
            if (english.equals(translated.get(key))) {
                same.add(shown((String) english));
            }
        });
        return same;
    }

    /** The text as Keycloak's pages show it without parameters. A text that is no pattern is shown on no page. */
    private static String shown(String text) {
        try {
            return new MessageFormat(text, Locale.ENGLISH).format(new Object[0]);
        } catch (IllegalArgumentException noPattern) {
            return text;
        }
    }
}
