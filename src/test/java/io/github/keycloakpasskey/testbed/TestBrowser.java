package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Tracing;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A fresh browser profile for one test: one page, one virtual authenticator. */
public final class TestBrowser implements AutoCloseable {

    private final BrowserContext context;
    private final Page page;
    private final VirtualAuthenticator authenticator;
    private WebClient app;

    TestBrowser(Chromium chromium) {
        context = chromium.newContext();
        // Snapshots show each page as it was; pictures of every frame would cost the browser more than the tests do.
        context.tracing().start(new Tracing.StartOptions().setSnapshots(true));
        page = context.newPage();
        authenticator = new VirtualAuthenticator(page);
    }

    public Page page() {
        return page;
    }

    public VirtualAuthenticator authenticator() {
        return authenticator;
    }

    /** Opens the sign-in page as the client {@link TestRealm#CLIENT} does, with more parameters if there are any. */
    public void openSignIn(TestRealm realm, Map<String, String> parameters) {
        app = realm.newClient();
        page.navigate(app.signInAddress(parameters).toString());
    }

    /** Opens a page of the realm in the admin console, signed in as its administrator. */
    public void openConsole(TestRealm realm, String path) {
        page.navigate(realm.consolePage(path).toString());
        page.fill("#username", KeycloakServer.ADMIN);
        page.fill("#password", KeycloakServer.ADMIN);
        page.click("#kc-login");
    }

    /** Opens a flow of the realm in the admin console, signed in as its administrator. */
    public void openFlow(TestRealm realm, String alias) {
        openConsole(realm, "/authentication/" + realm.flowId(alias) + "/DEFAULT");
    }

    /** Fills in Keycloak's login form and sends it. */
    public void signInWithPassword(Person person) {
        page.fill("#username", person.username());
        page.fill("#password", person.password());
        page.click("#kc-login");
    }

    /** Presses the page's button for passkeys, and has the authenticator answer that alone. */
    public void usePasskey() {
        PlaywrightAssertions.assertThat(page.locator("#passkey-start")).isEnabled();
        int before = authenticator.uses();
        authenticator.answering(true);
        page.click("#passkey-start");
        page.waitForCondition(() -> authenticator.uses() > before);
        authenticator.answering(false);
    }

    /** Presses the button of one of Keycloak's own pages for WebAuthn, and has the authenticator answer that alone. */
    public void useBuiltInPage(String button) {
        // Before that, its script may not have the button yet.
        page.waitForLoadState();
        int before = authenticator.uses();
        authenticator.answering(true);
        page.click(button);
        page.waitForCondition(() -> authenticator.uses() > before);
        authenticator.answering(false);
    }

    /** Presses the page's button for passkeys, and does not pass the check of who is there: the browser gives up. */
    public void cancelPasskey() {
        PlaywrightAssertions.assertThat(page.locator("#passkey-start")).isEnabled();
        authenticator.verifyingUser(false);
        authenticator.answering(true);
        page.click("#passkey-start");
        PlaywrightAssertions.assertThat(page.locator("#passkey-message")).isVisible();
        PlaywrightAssertions.assertThat(page.locator("#passkey-message")).containsText("You can try again");
        authenticator.answering(false);
        authenticator.verifyingUser(true);
    }

    /** Is from now on a browser that was never here, but for the passkeys that its authenticator keeps. */
    public void forgetSessions() {
        context.clearCookies();
    }

    /** Makes a passkey as a person does, and leaves the browser as it was, but for the authenticator. */
    public void register(TestRealm realm, Person person) {
        openSignIn(realm, Map.of("kc_action", "passkey-register"));
        signInWithPassword(person);
        usePasskey();
        awaitBackAtApp(realm);
        forgetSessions();
    }

    /** Chooses another way to sign in, by its name. */
    public void tryAnotherWay(String name) {
        page.click("#try-another-way");
        page.getByText(name, new Page.GetByTextOptions().setExact(false))
                .first()
                .click();
    }

    /** Waits until Keycloak sent the browser back to the test client, and gives that address. */
    public String awaitBackAtApp(TestRealm realm) {
        page.waitForURL(address -> address.startsWith(realm.redirectUri().toString()));
        return page.url();
    }

    /** Waits until Keycloak sent the browser back to the test client, and gives the claims of its ID token. */
    public JsonNode awaitIdToken(TestRealm realm) {
        return app.idToken(URI.create(awaitBackAtApp(realm)));
    }

    /** Waits until the test client is told who signed in, and gives the user name. */
    public String awaitUsername(TestRealm realm) {
        return awaitIdToken(realm).path("preferred_username").asText();
    }

    /** A picture of the whole page for people to look at: {@code target/screenshots/<name>.png}. */
    public void screenshot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(pictureFile(name)).setFullPage(true));
    }

    /** A picture of a part of the page for people to look at: {@code target/screenshots/<name>.png}. */
    public void screenshot(Locator part, String name) {
        part.screenshot(new Locator.ScreenshotOptions().setPath(pictureFile(name)));
    }

    /** What a picture shows, as text beside it: {@code target/screenshots/<name>.txt}. */
    public void caption(String name, String text) {
        try {
            Files.writeString(screenshots().resolve(name + ".txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path pictureFile(String name) {
        return screenshots().resolve(name + ".png");
    }

    private static Path screenshots() {
        return Installation.buildDirectoryOfRun().resolve("screenshots");
    }

    public void look(ColorScheme scheme, int width) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.setViewportSize(width, 844);
    }

    void record(Path directory) {
        page.screenshot(new Page.ScreenshotOptions().setPath(directory.resolve("page.png")));
        context.tracing().stop(new Tracing.StopOptions().setPath(directory.resolve("trace.zip")));
    }

    @Override
    public void close() {
        context.close();
    }
}
