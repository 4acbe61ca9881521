package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The pages work under {@code Content-Security-Policy: script-src 'self'}. A realm can set this policy, which blocks
 * Keycloak's own inline modules.
 */
@BrowserTest
class ContentSecurityPolicyIT {

    private static final String OUR_SCRIPT = ".*/js/passkey-[a-z-]+\\.js";

    @Test
    @Shows(Threat.SCRIPT)
    void thePasskeyPagesNeedNoInlineScript(TestRealm realm, TestBrowser browser) {
        ObjectNode headers =
                realm.admin().get("").path("browserSecurityHeaders").deepCopy();
        headers.put(
                "contentSecurityPolicy",
                "script-src 'self'; " + headers.path("contentSecurityPolicy").asText());
        realm.change(Map.of("browserSecurityHeaders", headers));
        Person person = realm.newPerson();
        Page page = browser.page();
        List<String> scripts = new ArrayList<>();
        List<String> policies = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        List<String> blocked = new ArrayList<>();
        page.onResponse(response -> note(response, scripts, policies));
        page.onPageError(errors::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                blocked.add(message.text());
            }
        });

        browser.openSignIn(realm, Map.of("kc_action", "passkey-register"));
        browser.signInWithPassword(person);
        browser.authenticator().answering(true);
        page.click("#passkey-start");
        browser.awaitBackAtApp(realm);
        browser.authenticator().answering(false);
        page.context().clearCookies();
        browser.openSignIn(realm, Map.of());
        assertThat(page.locator("#passkey-start")).isEnabled();
        browser.authenticator().answering(true);
        page.click("#passkey-start");
        browser.awaitBackAtApp(realm);

        assertThat(policies).isNotEmpty().allMatch(policy -> policy.startsWith("script-src 'self';"));
        assertThat(scripts).anyMatch(url -> url.endsWith("passkey-authenticate.js"));
        assertThat(scripts).anyMatch(url -> url.endsWith("passkey-register.js"));
        assertThat(errors).isEmpty();
        assertThat(blocked)
                .as("the policy was enforced, on Keycloak's own scripts")
                .isNotEmpty()
                .noneMatch(message -> message.matches(OUR_SCRIPT));
    }

    private static void note(Response response, List<String> scripts, List<String> policies) {
        if (response.url().matches(OUR_SCRIPT) && response.ok()) {
            scripts.add(response.url());
        }
        boolean isPage = response.request().resourceType().equals("document");
        if (isPage && response.status() == 200 && response.url().contains("/realms/")) {
            policies.add(response.headers().getOrDefault("content-security-policy", "none"));
        }
    }
}
