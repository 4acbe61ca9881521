package io.github.keycloakpasskey.keycloak.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PageLanguageTest {

    private static final Map<String, String> ENGLISH =
            Map.of("sign-in", "Sign in", "passkey-or", "or", "passkey-used", "last used {0}", "broken", "a { b");

    @Test
    void aTextThatIsMissingInTheLanguageOfThePageIsEnglish() {
        PageLanguage page = pageWith(Map.of("sign-in", "تسجيل الدخول"));

        assertThat(page.isEnglish("ar", "or")).isTrue();
        assertThat(page.isEnglish("ar", "a { b")).isTrue();
    }

    @Test
    void aTextWithParametersIsFoundByItsPattern() {
        assertThat(pageWith(Map.of()).isEnglish("ar", "last used {0}")).isTrue();
    }

    @Test
    void aTranslatedTextIsNotEnglish() {
        PageLanguage page = pageWith(Map.of("sign-in", "تسجيل الدخول"));

        assertThat(page.isEnglish("ar", "تسجيل الدخول")).isFalse();
        assertThat(page.isEnglish("ar", "Sign in")).isFalse();
    }

    @Test
    void nothingIsMarkedOnAnEnglishPage() {
        assertThat(pageWith(Map.of()).isEnglish("en", "or")).isFalse();
        assertThat(pageWith(Map.of()).isEnglish("en-GB", "or")).isFalse();
    }

    /** As Keycloak does, English texts take the place of those that the language lacks. */
    private static PageLanguage pageWith(Map<String, String> translated) {
        return new PageLanguage(language -> {
            Properties texts = new Properties();
            texts.putAll(ENGLISH);
            if (!language.equals(Locale.ENGLISH)) {
                texts.putAll(translated);
            }
            return texts;
        });
    }
}
