package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.PageTexts;
import io.github.keycloakpasskey.testbed.TemplatePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What screen readers get from our templates. */
class PageMarkupTest {

    private static final String AUTHENTICATE = "passkey-authenticate.ftl";
    private static final String PASSWORD = "passkey-username-password.ftl";
    private static final String USERNAME = "passkey-username.ftl";
    private static final String REGISTER = "passkey-register.ftl";
    private static final String REPLACE = "passkey-replace.ftl";
    private static final String FULL = "passkey-full.ftl";

    private static final Map<String, String> TEXTS = PageTexts.ofThisExtension();

    /** A page whose language has none of our texts, and all of Keycloak's. */
    public static final class NoTranslation {

        public boolean isEnglish(String language, String text) {
            return TEXTS.containsValue(text);
        }
    }

    private final TemplatePage page = new TemplatePage();

    @ParameterizedTest
    @ValueSource(strings = {PASSWORD, USERNAME})
    void anErrorOfTheUsernameDescribesItsField(String template) {
        Document document =
                page.withFieldError("username", "Invalid username or password.").render(template);

        assertThat(descriptionOf(document, "#username")).isEqualTo("Invalid username or password.");
        assertThat(document.selectFirst("#username").attr("aria-invalid")).isEqualTo("true");
        assertThat(document.select("#input-error").attr("aria-live")).isEqualTo("polite");
        assertThat(document.select("[aria-errormessage]")).isEmpty();
        assertThat(document.select("[role=alert]:not([hidden])")).isEmpty();
    }

    @Test
    void anErrorOfTheLoginFormDescribesThePasswordToo() {
        Document document = page.withFieldError("password", "Invalid password.").render(PASSWORD);

        assertThat(descriptionOf(document, "#password")).isEqualTo("Invalid password.");
    }

    @Test
    void anErrorDescribesThePasswordWhereTheUsernameIsHidden() {
        Document document = page.with("usernameHidden", "true")
                .withFieldError("password", "Invalid password.")
                .render(PASSWORD);

        assertThat(descriptionOf(document, "#password")).isEqualTo("Invalid password.");
        assertThat(document.select("#username")).isEmpty();
    }

    @Test
    void anErrorAndAHelpTextDescribeAFieldTogether() {
        Document document = page.withFieldError("username", "Unknown.")
                .with("passkey", passkeyWithField())
                .render(AUTHENTICATE);

        assertThat(descriptionOf(document, "#username"))
                .isEqualTo("Unknown. " + TEXTS.get("passkey-authenticate-field-help"));
    }

    @ParameterizedTest
    @ValueSource(strings = {AUTHENTICATE, PASSWORD, USERNAME, REGISTER, REPLACE, FULL})
    void aRefusalIsOneAlertThatTheFocusedControlRefersTo(String template) {
        Document document = page.withError("Refused.").render(template);

        assertThat(document.select(".of-the-theme")).isEmpty();
        assertThat(document.select("[role=alert]:not([hidden])").eachText()).containsExactly("Refused.");
        assertThat(document.select("[autofocus]")).hasSize(1);
        assertThat(descriptionOf(document, "[autofocus]")).startsWith("Refused.");
    }

    @Test
    void aRefusalOfAKnownUsersPasskeyLeadsToTheButton() {
        Document document = page.withUser().withError("Refused.").render(AUTHENTICATE);

        assertThat(document.selectFirst("[autofocus]").id()).isEqualTo("passkey-start");
    }

    @ParameterizedTest
    @ValueSource(strings = {AUTHENTICATE, PASSWORD, USERNAME, REGISTER, REPLACE, FULL})
    void aPageWithoutAMessageHasNoAlertAndNoBrokenReference(String template) {
        Document document = page.render(template);

        assertThat(document.select("[role=alert]:not([hidden])")).isEmpty();
        assertThat(document.select("[aria-describedby]"))
                .allSatisfy(
                        element -> assertThat(descriptionOf(document, element)).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {AUTHENTICATE, PASSWORD, USERNAME, REGISTER, REPLACE, FULL})
    void aThemeWithoutAMainLandmarkGetsOne(String template) {
        assertThat(page.withError("Refused.").render(template).select("main:has([role=alert]):has(form)"))
                .hasSize(1);
        assertThat(page.with("properties", Map.of("kcLoginMain", "main"))
                        .render(template)
                        .select("main"))
                .isEmpty();
    }

    @Test
    void aThemeThatLeavesOutTheHeadingWhereItShowsAUserGetsOne() {
        assertThat(page.render(AUTHENTICATE).select("main h1")).isEmpty();
        assertThat(page.withUser().render(AUTHENTICATE).select("main h1").eachText())
                .containsExactly(TEXTS.get("passkey-confirm-title"));
    }

    @Test
    void eachPageHasATitleOfItsOwnThatNamesTheRealm() {
        List<String> titles = new ArrayList<>();
        for (String template : List.of(AUTHENTICATE, PASSWORD, USERNAME, REGISTER, REPLACE, FULL)) {
            titles.add(new TemplatePage().render(template).title());
            assertThat(new TemplatePage()
                            .inLayoutBefore26Point6()
                            .render(template)
                            .title())
                    .isEqualTo(titles.get(titles.size() - 1));
        }
        titles.add(new TemplatePage().withUser().render(AUTHENTICATE).title());
        titles.add(new TemplatePage().without("passkey").render(AUTHENTICATE).title());

        assertThat(titles)
                .doesNotHaveDuplicates()
                .allSatisfy(title -> assertThat(title).endsWith(" - Example").doesNotContain("passkey-", "Sign in to"));
    }

    @ParameterizedTest
    @ValueSource(strings = {AUTHENTICATE, PASSWORD, USERNAME, REGISTER, REPLACE, FULL})
    void aTextThatFallsBackToEnglishSaysSo(String template) {
        Document document = page.with("lang", "ar")
                .with("pageLanguage", new NoTranslation())
                .withError(TEXTS.get("passkey-error-expired"))
                .render(template);

        List<Element> english = document.body().getAllElements().stream()
                .filter(element -> TEXTS.containsValue(element.ownText()))
                .toList();
        assertThat(english).isNotEmpty().allSatisfy(element -> {
            Element block = element.closest("[lang]");
            assertThat(block.attr("lang")).as(element.outerHtml()).isEqualTo("en");
            assertThat(block.attr("dir")).isEqualTo("ltr");
        });
        assertThat(document.select("[lang=en] [lang=en]")).as("once a block").isEmpty();
        assertThat(document.select("#kc-login, label[for=password], a[href=/registration]"))
                .as("texts of Keycloak, which are translated")
                .allSatisfy(element ->
                        assertThat(element.closest("[lang]").attr("lang")).isEqualTo("ar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {AUTHENTICATE, PASSWORD, USERNAME, REGISTER, REPLACE, FULL})
    void nothingIsMarkedOnAnEnglishPage(String template) {
        assertThat(page.withError("Refused.").render(template).body().select("[lang]"))
                .isEmpty();
    }

    private static Map<String, Object> passkeyWithField() {
        return Map.of("options", "{}", "usernameField", true);
    }

    private static String descriptionOf(Document document, String control) {
        return descriptionOf(document, document.selectFirst(control));
    }

    private static String descriptionOf(Document document, Element control) {
        List<String> texts = new ArrayList<>();
        for (String id : control.attr("aria-describedby").split(" ", -1)) {
            Element description = document.getElementById(id);
            assertThat(description).as("element with the id " + id).isNotNull();
            texts.add(description.text());
        }
        return String.join(" ", texts);
    }
}
