package io.github.keycloakpasskey.testbed;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/**
 * The authenticator of a browser page: a platform authenticator that keeps discoverable passkeys and verifies its
 * user. It answers nothing until {@link #answering} is switched on; what it was asked before that stays
 * unanswered. So a test decides whether a page's autofill gets an answer (on before the page opens) or its button
 * (on when it is open).
 */
public final class VirtualAuthenticator {

    private final CDPSession session;
    private final String id;
    private final List<JsonObject> added = new ArrayList<>();
    private final List<JsonObject> asserted = new ArrayList<>();

    public VirtualAuthenticator(Page page) {
        session = page.context().newCDPSession(page);
        session.send("WebAuthn.enable");
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("ctap2Version", "ctap2_1");
        options.addProperty("transport", "internal");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", false);
        JsonObject parameters = new JsonObject();
        parameters.add("options", options);
        id = session.send("WebAuthn.addVirtualAuthenticator", parameters)
                .get("authenticatorId")
                .getAsString();
        session.on(
                "WebAuthn.credentialAdded",
                event -> added.add(event.getAsJsonObject().getAsJsonObject("credential")));
        session.on(
                "WebAuthn.credentialAsserted",
                event -> asserted.add(event.getAsJsonObject().getAsJsonObject("credential")));
    }

    /** Whether its user touches it whenever it is asked. */
    public void answering(boolean answers) {
        send("WebAuthn.setAutomaticPresenceSimulation", "enabled", answers);
    }

    /** Whether its user passes the check of the fingerprint, face or PIN. */
    public void verifyingUser(boolean verifies) {
        send("WebAuthn.setUserVerified", "isUserVerified", verifies);
    }

    /** The credentials that it holds. */
    public List<JsonObject> credentials() {
        JsonArray credentials = send("WebAuthn.getCredentials").getAsJsonArray("credentials");
        List<JsonObject> list = new ArrayList<>();
        for (JsonElement credential : credentials) {
            list.add(credential.getAsJsonObject());
        }
        return list;
    }

    /** Credentials in the order in which they were made, as the browser reported them. */
    public List<JsonObject> added() {
        return List.copyOf(added);
    }

    /** Credentials in the order in which they were used, as the browser reported them. */
    public List<JsonObject> asserted() {
        return List.copyOf(asserted);
    }

    /** How often it has made or used a credential, as the browser reported it. */
    int uses() {
        return added.size() + asserted.size();
    }

    private JsonObject send(String method) {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("authenticatorId", id);
        return session.send(method, parameters);
    }

    private void send(String method, String name, boolean value) {
        JsonObject parameters = new JsonObject();
        parameters.addProperty("authenticatorId", id);
        parameters.addProperty(name, value);
        session.send(method, parameters);
    }
}
