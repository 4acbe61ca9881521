package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * A browser without scripts: keeps cookies, follows redirects as far as the app, and posts forms. Its person signs in
 * to the client {@link TestRealm#CLIENT}.
 */
public final class WebClient {

    private static final int REDIRECTS_FOLLOWED = 20;

    /** As browsers say it: Keycloak tells others of errors in JSON. */
    private static final String PAGES = "text/html,*/*;q=0.8";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final TestRealm realm;
    private final HttpBrowser browser;
    private String codeVerifier = "";
    private Predicate<URI> end = address -> false;

    WebClient(TestRealm realm) {
        this(realm, new HttpBrowser(HttpBrowser.newConnections()));
    }

    private WebClient(TestRealm realm, HttpBrowser browser) {
        this.realm = realm;
        this.browser = browser;
    }

    /** The same browser, for a second request at the same time. */
    public WebClient again() {
        WebClient other = new WebClient(realm, browser.again());
        other.codeVerifier = codeVerifier;
        return other;
    }

    /** From now on it goes no further than where it would be sent to an address with this in it. */
    public void stopBefore(String part) {
        end = address -> address.toString().contains(part);
    }

    /** Follows to the end again. */
    public void stopNowhere() {
        end = address -> false;
    }

    /** Is signed out of an identity provider. */
    public void forget(IdentityProvider provider) {
        browser.forget("/" + provider.alias() + "/");
    }

    /** Opens another address of the realm with the code of this page, as its links and forms have it. */
    public Page openWithCode(Page page, String path) {
        String query = page.form("form").action().getRawQuery().replaceAll("execution=[^&]*&?", "");
        return open(realm.page(path + "?" + query));
    }

    /** Opens the sign-in page, as the app does that wants its person signed in. */
    public Page openSignIn() {
        return openSignIn(Map.of());
    }

    /** Opens the sign-in page with more parameters of OpenID Connect, such as {@code prompt} or {@code kc_action}. */
    public Page openSignIn(Map<String, String> parameters) {
        return open(signInAddress(parameters));
    }

    /** Has the app push its request (RFC 9126); gives the parameter that stands for it. */
    public Map<String, String> push() {
        String query = signInAddress(Map.of()).getRawQuery();
        HttpResponse<String> response =
                browser.send(HttpRequest.newBuilder(realm.page("/protocol/openid-connect/ext/par/request"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(query)));
        return Map.of(
                "request_uri",
                Ceremony.parse(response.body()).required("request_uri").asText());
    }

    /** Where the app sends a browser to sign in; the code that comes back is this client's. */
    URI signInAddress(Map<String, String> parameters) {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        codeVerifier = Ceremony.base64Url(random);
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", TestRealm.CLIENT);
        query.put("redirect_uri", realm.redirectUri().toString());
        query.put("response_type", "code");
        query.put("scope", "openid");
        query.put("code_challenge_method", "S256");
        query.put(
                "code_challenge",
                Ceremony.base64Url(Ceremony.sha256(codeVerifier.getBytes(StandardCharsets.US_ASCII))));
        query.putAll(parameters);
        return realm.page("/protocol/openid-connect/auth?" + HttpBrowser.encode(query));
    }

    /** Loads the page of the same browser tab again, as it is now. */
    public Page reload(Page page) {
        String address = page.form("#passkey-form").action().toString();
        return open(URI.create(address.replaceAll("(session_code|execution)=[^&]*&?", "")));
    }

    /** Opens another of Keycloak's pages in the tab of this one, such as {@code reset-credentials}. */
    public Page openInSameTab(Page page, String path) {
        String query = page.form("form").action().getRawQuery().replaceAll("(session_code|execution)=[^&]*&?", "");
        return open(realm.page("/login-actions/" + path + "?" + query));
    }

    /** Opens another of the realm's login pages in the tab of this one, and names this one's step in the address. */
    public Page openStepInSameTab(Page page, String path) {
        String query = page.form("form").action().getRawQuery().replaceAll("session_code=[^&]*&?", "");
        return open(realm.page("/login-actions/" + path + "?" + query));
    }

    /** Signs in with the password, from a sign-in page to whatever comes next. */
    public Page submitPassword(Page page, Person person) {
        return submitPassword(page, person, Map.of());
    }

    public Page submitPassword(Page page, Person person, Map<String, String> more) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("username", person.username());
        fields.put("password", person.password());
        fields.putAll(more);
        return submit(page, "#kc-form-login", fields);
    }

    /** Signs in with the password, for an app that asks for a new passkey: gives the page that makes one. */
    public Page openRegistration(Person person) {
        return submitPassword(openSignIn(Map.of("kc_action", "passkey-register")), person);
    }

    /** Makes a passkey as {@link #openRegistration} and an honest browser do. */
    public SoftwarePasskey register(Person person, SoftwareAuthenticator authenticator) {
        Page page = openRegistration(person);
        Page next = submitPasskey(
                page, authenticator.register(page.options(), realm.origin()).json());
        if (!next.isBackAtApp()) {
            throw new AssertionError("The passkey was not accepted: " + next);
        }
        return authenticator.newest();
    }

    /** Signs in as an honest browser does, with a passkey of this authenticator. */
    public Page signIn(Page page, SoftwareAuthenticator authenticator) {
        return submitPasskey(
                page, authenticator.authenticate(page.options(), realm.origin()).json());
    }

    /** Posts what an authenticator answered. */
    public Page submitPasskey(Page page, String response) {
        return submit(page, "#passkey-form", Map.of("passkeyResponse", response));
    }

    /** Posts a form of a page: its own values, and these. */
    public Page submit(Page page, String form, Map<String, String> fields) {
        Page.Form posted = page.form(form);
        Map<String, String> all = new LinkedHashMap<>(posted.fields());
        all.putAll(fields);
        return post(posted.action(), all);
    }

    /** Posts exactly these fields to where a form of the page posts to. */
    public Page submitOnly(Page page, String form, Map<String, String> fields) {
        return post(page.form(form).action(), fields);
    }

    /** Follows a link of a page. */
    public Page click(Page page, String link) {
        return open(page.link(link));
    }

    public Page open(URI uri) {
        return follow(HttpRequest.newBuilder(uri).GET());
    }

    private Page post(URI uri, Map<String, String> fields) {
        return follow(HttpBrowser.form(uri, fields).header("Origin", realm.origin()));
    }

    /** The claims of the ID token that the app gets for the code it was sent back with. */
    public JsonNode idToken(Page backAtApp) {
        return idToken(backAtApp.uri());
    }

    /** @param backAtApp where the server sent the browser back to */
    JsonNode idToken(URI backAtApp) {
        try {
            String token = tokens(backAtApp).required("id_token").asText();
            return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", 3)[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tokens that the app gets for the code it was sent back with. */
    public JsonNode tokens(Page backAtApp) {
        return tokens(backAtApp.uri());
    }

    private JsonNode tokens(URI backAtApp) {
        String code = Page.parameter(backAtApp, "code")
                .orElseThrow(
                        () -> new AssertionError("No code, as the server did not send back to the app: " + backAtApp));
        HttpResponse<String> response = askForToken(Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                TestRealm.CLIENT,
                "redirect_uri",
                realm.redirectUri().toString(),
                "code",
                code,
                "code_verifier",
                codeVerifier));
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The HTTP status with which the server answers a refresh token. */
    public int refresh(String refreshToken) {
        return askForToken(Map.of(
                        "grant_type", "refresh_token", "client_id", TestRealm.CLIENT, "refresh_token", refreshToken))
                .statusCode();
    }

    /** The HTTP status that an app is answered with which takes the password itself: Keycloak's {@code admin-cli}. */
    public int statusOfDirectGrant(Person person) {
        return askForToken(Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "admin-cli",
                        "username",
                        person.username(),
                        "password",
                        person.password()))
                .statusCode();
    }

    private HttpResponse<String> askForToken(Map<String, String> fields) {
        return browser.send(HttpBrowser.form(realm.page("/protocol/openid-connect/token"), fields));
    }

    private Page follow(HttpRequest.Builder first) {
        HttpRequest.Builder next = first.header("Accept", PAGES);
        for (int i = 0; i < REDIRECTS_FOLLOWED; i++) {
            HttpResponse<String> response = browser.send(next);
            Optional<URI> location = response.headers().firstValue("Location").map(response.uri()::resolve);
            if (response.statusCode() < 300 || response.statusCode() >= 400 || location.isEmpty()) {
                Document document = Jsoup.parse(response.body(), response.uri().toString());
                return new Page(response.uri(), response.statusCode(), document, false);
            }
            if (location.get().toString().startsWith(realm.redirectUri().toString())) {
                return new Page(location.get(), response.statusCode(), Document.createShell(""), true);
            }
            if (end.test(location.get())) {
                return new Page(location.get(), response.statusCode(), Document.createShell(""), false);
            }
            next = HttpRequest.newBuilder(location.get())
                    .header("Accept", PAGES)
                    .GET();
        }
        throw new AssertionError("Still redirected after " + REDIRECTS_FOLLOWED + " answers");
    }
}
