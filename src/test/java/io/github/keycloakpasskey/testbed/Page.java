package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** What the server answered, as a person without JavaScript would have it. */
public final class Page {

    private final URI uri;
    private final int status;
    private final Document document;
    private final boolean backAtApp;

    Page(URI uri, int status, Document document, boolean backAtApp) {
        this.uri = uri;
        this.status = status;
        this.document = document;
        this.backAtApp = backAtApp;
    }

    public URI uri() {
        return uri;
    }

    public int status() {
        return status;
    }

    public Document document() {
        return document;
    }

    /** All visible text. */
    public String text() {
        return document.body().text();
    }

    /** Where a theme says what went wrong: above the form or at a field. */
    public String error() {
        return document
                .select(".kc-feedback-text, .pf-v5-c-alert__title, [id^=input-error], .alert-error, #kc-error-message")
                .stream()
                .filter(element -> element.closest("[hidden]") == null)
                .map(Element::text)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    public boolean hasPasskeyForm() {
        return !document.select("#passkey-form").isEmpty();
    }

    public boolean hasPasswordForm() {
        return !document.select("#kc-form-login").isEmpty();
    }

    /** {@code authentication} or {@code registration}. */
    public String ceremony() {
        return passkeyForm().attr("data-ceremony");
    }

    /** The WebAuthn options of the page's ceremony, as JSON. */
    public String options() {
        return passkeyForm().attr("data-options");
    }

    /** One of the WebAuthn options; a missing node where it is not among them. */
    public JsonNode option(String name) {
        return Ceremony.parse(options()).path(name);
    }

    /** The options as an authenticator sees them that does not care for which passkeys it is asked. */
    public String optionsWithoutList() {
        return ((ObjectNode) Ceremony.parse(options()))
                .without("allowCredentials")
                .toString();
    }

    /** All of the page but what differs from one login to the next, and the name that was typed. */
    public String shape(String name) {
        return document.outerHtml()
                .replace(name, "NAME")
                .replaceAll("(session_code|execution|tab_id|client_data|client_id|ticket)=[^&\"\\s]*", "$1")
                .replaceAll("data-options=\"[^\"]*\"", "data-options")
                .replaceAll("(authSessionHash|checkAuthSession|startSessionPolling)[^;]*;", "$1");
    }

    /** Whether the server sent the browser back to the app. */
    public boolean isBackAtApp() {
        return backAtApp;
    }

    /** A parameter of the page's address. */
    public Optional<String> parameter(String name) {
        return parameter(uri, name);
    }

    static Optional<String> parameter(URI uri, String name) {
        return uri.getRawQuery() == null
                ? Optional.empty()
                : Stream.of(uri.getRawQuery().split("&"))
                        .filter(pair -> pair.startsWith(name + "="))
                        .map(pair -> pair.substring(name.length() + 1))
                        .findFirst();
    }

    /** Where a link leads. */
    URI link(String selector) {
        Element link = document.selectFirst(selector);
        if (link == null) {
            throw new AssertionError("No " + selector + " on " + this);
        }
        return URI.create(link.absUrl("href"));
    }

    public boolean has(String selector) {
        return document.selectFirst(selector) != null;
    }

    /** The form's address and what a browser would post with it, to be completed by the test. */
    Form form(String selector) {
        FormElement form = (FormElement) document.select(selector).first();
        if (form == null) {
            throw new AssertionError("No " + selector + " on " + this);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        form.formData().forEach(field -> fields.put(field.key(), field.value()));
        return new Form(address(form), fields);
    }

    /** Where a proxy would bring the request to, if the host is one that {@link URI} does not know. */
    private URI address(FormElement form) {
        URI action = URI.create(form.absUrl("action"));
        return action.getHost() == null ? uri.resolve(action.getRawPath() + "?" + action.getRawQuery()) : action;
    }

    record Form(URI action, Map<String, String> fields) {}

    private Element passkeyForm() {
        Element form = document.select("#passkey-form").first();
        if (form == null) {
            throw new AssertionError("No passkey form on " + this);
        }
        return form;
    }

    @Override
    public String toString() {
        return status + " " + uri + "\n" + text();
    }
}
