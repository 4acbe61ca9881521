package io.github.keycloakpasskey.testbed;

import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.StringTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateMethodModelEx;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.keycloak.forms.login.MessageType;
import org.keycloak.theme.beans.MessageBean;

/** A template of ours, rendered without a server: in a theme that has no classes, and only what our templates need. */
public final class TemplatePage {

    /** What our templates need of a theme's layout. */
    private static final String LAYOUT = """
            <#macro registrationLayout displayInfo=false displayMessage=true>
            <html lang="${lang}"><head><title>%s</title></head><body>
            <#if displayMessage && message?has_content><div class="of-the-theme">${message.summary}</div></#if>
            <h1><#nested "header"></h1>
            <#nested "form"><#nested "socialProviders"><#if displayInfo><#nested "info"></#if>
            </body></html>
            </#macro>
            """;

    private final Map<String, String> translations = new HashMap<>(PageTexts.ofThisExtension());
    private final Map<String, Object> data = new HashMap<>();
    private String title = "${title!}";

    public TemplatePage() {
        with("lang", "en");
        with("title", "Sign in to Example");
        with("properties", Map.of());
        with("messagesPerField", new Errors(Map.of()));
        with("auth", new Auth(false));
        with("realm", realm());
        with("social", Map.of());
        with("login", Map.of("username", "ada"));
        with(
                "url",
                Map.of(
                        "loginAction", "/action",
                        "resourcesPath", "/resources",
                        "loginResetCredentialsUrl", "/reset",
                        "loginRestartFlowUrl", "/restart",
                        "loginUrl", "/login",
                        "registrationUrl", "/registration"));
        with("passkey", Map.of("options", "{}", "existingLabels", List.of("Phone"), "usernameField", true));
        with("passwordOffered", true);
        with("identityProvidersOffered", false);
        with("passkeys", List.of(Map.of("id", "1", "label", "Phone", "lastUsed", "today")));
        with("replacementOptional", true);
        with("replacementChosen", true);
        with("replacedLabels", List.of("Tablet"));
        with("onlyWayIn", true);
        with("sessionsOffered", true);
        with("laterOffered", true);
        with("suggestedName", "ada");
    }

    private static Map<String, Object> realm() {
        Map<String, Object> realm = new HashMap<>();
        for (String flag : List.of(
                "password", "registrationAllowed", "rememberMe", "resetPasswordAllowed", "loginWithEmailAllowed")) {
            realm.put(flag, true);
        }
        realm.put("registrationEmailAsUsername", false);
        realm.put("displayName", "Example");
        return realm;
    }

    public TemplatePage with(String attribute, Object value) {
        data.put(attribute, value);
        return this;
    }

    public TemplatePage without(String attribute) {
        data.remove(attribute);
        return this;
    }

    /** A user whom an earlier step has found. */
    public TemplatePage withUser() {
        return with("auth", new Auth(true));
    }

    /** What a refusal says. */
    public TemplatePage withError(String text) {
        return with("message", new MessageBean(text, MessageType.ERROR));
    }

    /** What is wrong with a field: Keycloak puts it into the page's message as well. */
    public TemplatePage withFieldError(String field, String text) {
        return withError(text).with("messagesPerField", new Errors(Map.of(field, text)));
    }

    /** Takes the title as the layout of Keycloak 26.4 and 26.5 does. */
    public TemplatePage inLayoutBefore26Point6() {
        title = "${msg(\"loginTitle\", realm.displayName)}";
        translations.put("loginTitle", "Sign in to {0}");
        return without("title");
    }

    public Document render(String template) {
        with("msg", (TemplateMethodModelEx) arguments -> text(arguments));
        with("advancedMsg", (TemplateMethodModelEx)
                arguments -> arguments.get(0).toString());
        try (StringWriter page = new StringWriter()) {
            Configuration configuration = new Configuration(Configuration.VERSION_2_3_0);
            configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
            configuration.setTemplateLoader(templates());
            configuration.getTemplate(template, Locale.ROOT, "UTF-8").process(data, page);
            return Jsoup.parse(page.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new AssertionError(template, e);
        }
    }

    private TemplateLoader templates() throws IOException {
        StringTemplateLoader theme = new StringTemplateLoader();
        theme.putTemplate("template.ftl", LAYOUT.formatted(title));
        return new MultiTemplateLoader(new TemplateLoader[] {
            theme, new FileTemplateLoader(Path.of("themes/templates").toFile())
        });
    }

    private String text(List<?> arguments) {
        String key = arguments.get(0).toString();
        Object[] parameters = arguments.stream().skip(1).map(Object::toString).toArray();
        return new MessageFormat(translations.getOrDefault(key, key), Locale.ENGLISH).format(parameters);
    }

    /** Keycloak's bean {@code auth}. */
    public record Auth(boolean showUsername) {

        public boolean showResetCredentials() {
            return false;
        }

        public boolean showTryAnotherWayLink() {
            return false;
        }

        public String getSelectedCredential() {
            return "";
        }
    }

    /** Keycloak's bean {@code messagesPerField}. */
    public record Errors(Map<String, String> byField) {

        public boolean existsError(String... fields) {
            return !getFirstError(fields).isEmpty();
        }

        public String getFirstError(String... fields) {
            for (String field : fields) {
                if (byField.containsKey(field)) {
                    return byField.get(field);
                }
            }
            return "";
        }
    }
}
