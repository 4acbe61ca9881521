package io.github.keycloakpasskey.testbed;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The rules of axe-core for WCAG 2.2, levels A and AA, and its best practices, for the page that a browser shows. */
public final class Accessibility {

    private static final String SCRIPT = read("/axe.min.js");

    private static final String RUN = """
            async () => {
              const { violations } = await axe.run(document, {
                runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
                resultTypes: ["violations"],
              });
              return violations.flatMap(({ id, nodes }) => nodes.map((node) => ({
                rule: id,
                selectors: %s.filter(([rule, selector]) => rule === id
                    && document.querySelector(node.target.join(" "))?.matches(selector)).length,
                text: `${id}: ${node.html} ${node.failureSummary}`,
              })));
            }
            """;

    /** A violation in the markup of Keycloak's themes, which no template of ours can change. */
    private record OfKeycloak(String rule, String selector, String reason) {

        String asJson() {
            return "[\"" + rule + "\",\"" + selector.replace("\"", "\\\"") + "\"]";
        }
    }

    private static final String NO_LANDMARKS = "the theme keycloak has no landmark there";

    private static final List<OfKeycloak> OF_KEYCLOAK = List.of(
            new OfKeycloak("label", "#kc-attempted-username", "the label of keycloak.v2 names another id"),
            new OfKeycloak("tabindex", "#kc-current-locale-link", "the theme keycloak lists languages first"),
            new OfKeycloak("color-contrast", "#kc-info #kc-registration > span", "colours of the theme keycloak"),
            new OfKeycloak("color-contrast", "#kc-info #kc-registration a", "colours of the theme keycloak"),
            new OfKeycloak("color-contrast", "#try-another-way", "the link of the theme keycloak"),
            new OfKeycloak(
                    "landmark-one-main", "html:not(:has(.passkey-main))", "the error page of the theme keycloak"),
            new OfKeycloak("region", "#kc-header", NO_LANDMARKS),
            new OfKeycloak("region", "#kc-info", NO_LANDMARKS),
            new OfKeycloak("region", "#try-another-way", NO_LANDMARKS),
            new OfKeycloak("region", "#kc-content:has(#kc-error-message)", NO_LANDMARKS));

    private Accessibility() {}

    /** What violates a rule, apart from Keycloak's own markup; empty if nothing does. */
    public static List<String> violations(Page page) {
        page.evaluate(SCRIPT);
        List<?> found = (List<?>) page.evaluate(
                RUN.formatted(OF_KEYCLOAK.stream().map(OfKeycloak::asJson).toList()));
        return found.stream()
                .map(violation -> (Map<?, ?>) violation)
                .filter(violation -> violation.get("selectors").equals(0))
                .map(violation -> (String) violation.get("text"))
                .toList();
    }

    private static String read(String resource) {
        try (InputStream script = Accessibility.class.getResourceAsStream(resource)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
