package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.webauthn.AuthenticationOptions;
import io.github.keycloakpasskey.webauthn.RegistrationOptions;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.model.AuthenticationSessionBean;
import org.keycloak.forms.login.freemarker.model.LoginBean;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a ceremony's template is given, as its attribute {@code passkey}. A bean, as FreeMarker reads
 * those.
 */
public final class PasskeyPage {

    private static final String ATTRIBUTE = "passkey";

    private final String options;
    private final String mediation;
    private final Optional<Duration> lifespan;
    private final List<String> existingLabels;
    private final String label;

    private PasskeyPage(
            String options, String mediation, Optional<Duration> lifespan, List<String> existingLabels, String label) {
        this.options = options;
        this.mediation = mediation;
        this.lifespan = lifespan;
        this.existingLabels = existingLabels;
        this.label = label;
    }

    /**
     * Opens a sign-in: remembers its challenge and gives the page what it needs.
     *
     * @param autofill whether passkeys are offered in the user name field
     */
    public static void open(
            LoginFormsProvider form,
            AuthenticationSessionModel login,
            AuthenticationOptions options,
            boolean autofill) {
        Challenges.remember(
                login,
                Ceremony.AUTHENTICATION,
                options.challenge(),
                options.policy().timeout());
        String mediation = autofill ? "conditional" : "none";
        form.setAttribute(
                ATTRIBUTE,
                new PasskeyPage(options.toJson(), mediation, options.policy().timeout(), List.of(), ""));
    }

    /**
     * Opens a registration: remembers its challenge and gives the page what it needs.
     *
     * @param existingLabels the names of the passkeys that the person has already
     * @param label the name that the person typed for the new one; may be empty
     */
    public static void open(
            LoginFormsProvider form,
            AuthenticationSessionModel login,
            RegistrationOptions options,
            List<String> existingLabels,
            String label) {
        Challenges.remember(
                login,
                Ceremony.REGISTRATION,
                options.challenge(),
                options.policy().timeout());
        form.setAttribute(
                ATTRIBUTE,
                new PasskeyPage(options.toJson(), "none", options.policy().timeout(), existingLabels, label));
    }

    /**
     * Gives a page what Keycloak gives its own pages only: what was typed before, and the login that
     * its tabs watch.
     */
    public static void complete(
            LoginFormsProvider form, AuthenticationSessionModel login, MultivaluedMap<String, String> typed) {
        form.setAttribute("login", new LoginBean(typed));
        form.setAttribute(
                "authenticationSession",
                new AuthenticationSessionBean(login.getParentSession().getId(), login.getTabId()));
    }

    /** The options as the JSON of WebAuthn Level 3. */
    public String getOptions() {
        return options;
    }

    /** {@code conditional}, or {@code none} where the ceremony starts by a button only. */
    public String getMediation() {
        return mediation;
    }

    /** How long the challenge may be answered, in milliseconds; empty where that is as long as the login. */
    public String getLifespan() {
        return lifespan.map(Duration::toMillis).map(String::valueOf).orElse("");
    }

    public List<String> getExistingLabels() {
        return existingLabels;
    }

    public String getLabel() {
        return label;
    }
}
