package io.github.keycloakpasskey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloakpasskey.testbed.HttpBrowser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;

/**
 * A browser that starts without cookies, and the app that sends it to sign in. Does as little itself as it can; its
 * connections are kept alive, as those of a browser are.
 */
final class BrowserSession {

    private static final int REDIRECTS_FOLLOWED = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpBrowser browser;
    private final BenchRealm realm;
    private long nanosOfAnswering;

    /** @param http whose connections are used; shared by many */
    BrowserSession(HttpClient http, BenchRealm realm) {
        this.browser = new HttpBrowser(http);
        this.realm = realm;
    }

    /** Opens a page of the realm's login as an app does, with more parameters of OpenID Connect. */
    Html open(String parameters) {
        HttpResponse<String> response = follow(browser.send(HttpRequest.newBuilder(realm.authorization(parameters))));
        if (response.statusCode() != 200) {
            throw new IllegalStateException("The sign-in page was answered " + response.statusCode());
        }
        return new Html(response.body());
    }

    /** A whole sign-in: the page, what the person answers, and the tokens that the app gets for the code. */
    JsonNode signIn(Account account) {
        Html page = open("");
        Pages pages = realm.way().pages();
        long start = System.nanoTime();
        Map<String, String> answer = pages.signIn(page, account, realm.origin());
        nanosOfAnswering += System.nanoTime() - start;
        return tokens(post(page.action(pages.signInForm()), answer));
    }

    /** Registers a passkey: the page that the password has led to, and what the authenticator makes. */
    void register(Account account) {
        Html login = open("&kc_action=" + realm.way().registration());
        Html page = new Html(
                post(login.action(PasswordPages.FORM), new PasswordPages().signIn(login, account, realm.origin()))
                        .body());
        answerRegistration(page, account);
    }

    /** Registers one more passkey, for who is signed in already. */
    void registerAnother(Account account) {
        answerRegistration(open("&kc_action=" + realm.way().registration()), account);
    }

    private void answerRegistration(Html page, Account account) {
        Pages pages = realm.way().pages();
        Map<String, String> answer = pages.registration(page, account, realm.origin());
        code(post(page.action(pages.registrationForm()), answer));
    }

    /** Ends the session that these tokens are of. */
    void signOut(JsonNode tokens) {
        HttpResponse<String> response = sendForm(
                realm.page("/protocol/openid-connect/logout"),
                Map.of(
                        "client_id",
                        BenchRealm.CLIENT,
                        "refresh_token",
                        tokens.required("refresh_token").asText()));
        if (response.statusCode() != 204) {
            throw new IllegalStateException("The sign-out was answered " + response.statusCode());
        }
    }

    /** How long the person's side took: that of the authenticator, for who has one. */
    long nanosOfAnswering() {
        return nanosOfAnswering;
    }

    private JsonNode tokens(HttpResponse<String> afterSignIn) {
        HttpResponse<String> response = sendForm(
                realm.page("/protocol/openid-connect/token"),
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        BenchRealm.CLIENT,
                        "redirect_uri",
                        BenchRealm.APP,
                        "code",
                        code(afterSignIn)));
        try {
            JsonNode tokens = JSON.readTree(response.body());
            if (!tokens.has("id_token")) {
                throw new IllegalStateException("The app got no tokens: " + response.body());
            }
            return tokens;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String code(HttpResponse<String> response) {
        String location = response.headers().firstValue("Location").orElse("");
        int start = location.indexOf("code=");
        if (!location.startsWith(BenchRealm.APP) || start < 0) {
            throw new IllegalStateException("Not sent back to the app with a code, but answered "
                    + response.statusCode() + " " + location + "\n" + response.body());
        }
        int end = location.indexOf('&', start);
        return location.substring(start + "code=".length(), end < 0 ? location.length() : end);
    }

    private HttpResponse<String> post(URI action, Map<String, String> fields) {
        return follow(sendForm(action, fields));
    }

    /** Goes to the next page, or until it is sent to the app. */
    private HttpResponse<String> follow(HttpResponse<String> first) {
        HttpResponse<String> response = first;
        for (int i = 0; i < REDIRECTS_FOLLOWED; i++) {
            Optional<String> location = response.headers().firstValue("Location");
            if (location.isEmpty() || location.get().startsWith(BenchRealm.APP)) {
                return response;
            }
            response = browser.send(HttpRequest.newBuilder(response.uri().resolve(location.get())));
        }
        throw new IllegalStateException("Still redirected after " + REDIRECTS_FOLLOWED + " answers");
    }

    private HttpResponse<String> sendForm(URI address, Map<String, String> fields) {
        return browser.send(HttpBrowser.form(address, fields).header("Origin", realm.origin()));
    }
}
