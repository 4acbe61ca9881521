package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.keycloak.flow.PasskeyOrganizationFactory;
import io.github.keycloakpasskey.keycloak.flow.PasskeyUsernamePasswordFormFactory;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.PageTexts;
import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages contain nothing that {@code script-src 'self'} forbids, and every text that they use exists. */
class TemplatesTest {

    private static final Path TEMPLATES = Path.of("themes/templates");
    private static final Path SCRIPTS = Path.of("themes/resources/js");
    private static final Path SOURCES = Path.of("src/main/java");

    private static final Pattern INLINE_SCRIPT = Pattern.compile("<script(?![^>]*\\ssrc=)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HANDLER = Pattern.compile("\\son[a-z]+\\s*=\\s*[\"']", Pattern.CASE_INSENSITIVE);
    private static final Pattern STYLE = Pattern.compile("<style\\b|\\sstyle\\s*=", Pattern.CASE_INSENSITIVE);
    private static final Pattern SCRIPT_ADDRESS = Pattern.compile("javascript:", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNESCAPED =
            Pattern.compile("\\?no_esc|#no_?autoesc|kcSanitize", Pattern.CASE_INSENSITIVE);

    private static final Pattern IMPORT =
            Pattern.compile("^\\s*(?:import|export)\\b[^;\"']*from\\s*[\"']([^\"']+)|\\bimport\\(", Pattern.MULTILINE);
    private static final Pattern CODE_FROM_TEXT =
            Pattern.compile("\\beval\\(|new Function\\(|innerHTML|outerHTML|insertAdjacentHTML|document\\.write");

    private static final Pattern ELEMENT = Pattern.compile("getElementById\\(\"([^\"]+)\"\\)");
    private static final Pattern DATA = Pattern.compile("\\.dataset\\.(\\w+)");
    private static final Pattern CLOSEST = Pattern.compile("closest\\(\"\\.([^\"]+)\"\\)");

    private static final Pattern LITERAL_OR_COMMENT = Pattern.compile(
            "(\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`(?:[^`\\\\]|\\\\.)*`)|//.*|/\\*(?s:.*?)\\*/");

    private static final Pattern TEXT = Pattern.compile("\\b(?:msg|advancedMsg)\\(\"([^\"]+)\"");
    private static final Pattern CHOSEN_TEXT = Pattern.compile("\\?then\\(([^()]*)\\)");
    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\]*)\"");

    /** Provider ids that look like the keys of texts. */
    private static final Set<String> PROVIDERS = Set.of(
            "passkey-register",
            "passkey-authenticator",
            "passkey-username-form",
            "passkey-recovery-user",
            "passkey-recovery-email",
            "passkey-username-password-form",
            "passkey-saved-settings",
            "passkey-realm-policy",
            "passkey-organization");

    /** Keycloak derives these keys from the id of a required action or step. */
    private static final Set<String> USED_BY_KEYCLOAK = Set.of(
            "requiredAction." + PasskeyIds.REGISTER_ACTION,
            PasskeyUsernamePasswordFormFactory.ID + "-display-name",
            PasskeyUsernamePasswordFormFactory.ID + "-help-text",
            PasskeyOrganizationFactory.ID + "-display-name",
            PasskeyOrganizationFactory.ID + "-help-text");

    static List<Path> templates() {
        return ProjectFiles.below(TEMPLATES, ".ftl");
    }

    static List<Path> scripts() {
        return ProjectFiles.below(SCRIPTS, ".js");
    }

    @ParameterizedTest
    @MethodSource("templates")
    @Shows(Threat.SCRIPT)
    void templatesHaveNoInlineCodeAndEscapeAllOutput(Path template) {
        assertThat(ProjectFiles.read(template))
                .doesNotContainPattern(INLINE_SCRIPT)
                .doesNotContainPattern(HANDLER)
                .doesNotContainPattern(STYLE)
                .doesNotContainPattern(SCRIPT_ADDRESS)
                .doesNotContainPattern(UNESCAPED);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    @Shows(Threat.SCRIPT)
    void scriptsImportOnlyEachOtherAndRunNoCodeFromText(Path script) {
        String source = ProjectFiles.read(script);
        assertThat(source).doesNotContainPattern(CODE_FROM_TEXT);
        assertThat(IMPORT.matcher(source).results().map(found -> found.group(1)))
                .allSatisfy(imported -> {
                    assertThat(imported).startsWith("./passkey-");
                    assertThat(SCRIPTS.resolve(imported)).exists();
                });
    }

    /**
     * The build strips comments as if scripts were Java. Java has no template literals, and no strings in single
     * quotes.
     */
    @ParameterizedTest
    @MethodSource("scripts")
    void aServedScriptEqualsItsSourceWithoutComments(Path script) throws IOException {
        String source = ProjectFiles.read(script);
        String served = served(script);

        assertThat(withoutSpace(served)).isEqualTo(withoutSpace(withoutComments(source)));
        assertThat(literals(served)).isEqualTo(literals(source));
    }

    /** Keycloak compresses them. */
    @Test
    void theScriptsOfTheSignInPageAreSmallerThan5000Bytes() throws IOException {
        long sum = 0;
        for (String name : List.of("authenticate", "ceremony", "page", "submit-once")) {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(compressed)) {
                gzip.write(served(SCRIPTS.resolve("passkey-" + name + ".js")).getBytes(StandardCharsets.UTF_8));
            }
            sum += compressed.size();
        }
        assertThat(sum).isLessThan(5_000);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void whatAScriptLooksForIsInTheTemplates(Path script) {
        String source = ProjectFiles.read(script);
        String templates = templates().stream().map(ProjectFiles::read).collect(Collectors.joining());

        assertThat(ELEMENT.matcher(source).results().map(found -> "id=\"" + found.group(1) + "\""))
                .allSatisfy(id -> assertThat(templates).contains(id));
        assertThat(DATA.matcher(source).results().map(found -> "data-" + kebab(found.group(1)) + "="))
                .allSatisfy(attribute -> assertThat(templates).contains(attribute));
        assertThat(CLOSEST.matcher(source).results().map(found -> found.group(1)))
                .allSatisfy(name -> assertThat(templates).contains("\"" + name + "\""));
    }

    private static String kebab(String camel) {
        return camel.replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT);
    }

    private static String served(Path script) throws IOException {
        try (var stream = TemplatesTest.class.getResourceAsStream(
                "/theme-resources/" + Path.of("themes").relativize(script))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String withoutSpace(String script) {
        return script.replaceAll("\\s", "");
    }

    private static String withoutComments(String script) {
        return LITERAL_OR_COMMENT
                .matcher(script)
                .replaceAll(found -> Matcher.quoteReplacement(Objects.requireNonNullElse(found.group(1), "")));
    }

    private static List<String> literals(String script) {
        return LITERAL_OR_COMMENT
                .matcher(script)
                .results()
                .map(found -> found.group(1))
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    void everyTextKeyInUseHasAText() {
        Set<String> used = new TreeSet<>(textsOfTemplates());
        used.addAll(textsOfSources());
        assertThat(texts()).containsAll(used);
    }

    @Test
    void everyTextIsUsed() {
        Set<String> used = new TreeSet<>(USED_BY_KEYCLOAK);
        used.addAll(textsOfTemplates());
        used.addAll(textsOfSources());
        assertThat(used).containsAll(texts());
    }

    /** Keycloak formats texts with {@link java.text.MessageFormat}, which drops a plain apostrophe. */
    @Test
    void textsHaveNoPlainApostrophe() {
        assertThat(PageTexts.ofThisExtension())
                .isNotEmpty()
                .allSatisfy((key, text) -> assertThat(text).as(key).isNotBlank().doesNotContain("'"));
    }

    private static Set<String> textsOfTemplates() {
        Set<String> keys = new TreeSet<>();
        for (Path template : templates()) {
            String source = ProjectFiles.read(template);
            TEXT.matcher(source).results().forEach(found -> keys.add(found.group(1)));
            CHOSEN_TEXT
                    .matcher(source)
                    .results()
                    .flatMap(choice -> LITERAL.matcher(choice.group(1)).results())
                    .forEach(literal -> keys.add(literal.group(1)));
        }
        keys.removeIf(key -> !key.startsWith("passkey-"));
        return keys;
    }

    private static Set<String> textsOfSources() {
        Set<String> keys = new TreeSet<>();
        for (Path source : ProjectFiles.below(SOURCES, ".java")) {
            LITERAL.matcher(ProjectFiles.read(source))
                    .results()
                    .map(found -> found.group(1))
                    .filter(literal -> literal.matches("passkey-[a-z-]+") && !PROVIDERS.contains(literal))
                    .forEach(keys::add);
        }
        return keys;
    }

    private static Set<String> texts() {
        return PageTexts.ofThisExtension().keySet();
    }
}
