package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.keycloak.policy.StepSettings;
import io.github.keycloakpasskey.webauthn.AuthenticationOptions;
import io.github.keycloakpasskey.webauthn.Mediation;
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
    private final boolean usernameField;
    private final String buttonText;

    private PasskeyPage(
            String options,
            Mediation mediation,
            Optional<Duration> lifespan,
            List<String> existingLabels,
            String label,
            boolean usernameField,
            String buttonText) {
        this.options = options;
        this.mediation = mediation.code();
        this.lifespan = lifespan;
        this.existingLabels = existingLabels;
        this.label = label;
        this.usernameField = usernameField;
        this.buttonText = buttonText;
    }

    /**
     * Opens a sign-in: remembers its challenge and gives the page what it needs.
     *
     * @param mediation how the page asks, this time
     * @param step what else an administrator has set for the page
     */
    public static void open(
            LoginFormsProvider form,
            AuthenticationSessionModel login,
            AuthenticationOptions options,
            Mediation mediation,
            StepSettings step) {
        Challenges.remember(
                login,
                Ceremony.AUTHENTICATION,
                options.challenge(),
                options.policy().timeout());
        form.setAttribute(
                ATTRIBUTE,
                new PasskeyPage(
                        options.toJson(),
                        mediation,
                        options.policy().timeout(),
                        List.of(),
                        "",
                        step.usernameField(),
                        step.buttonText()));
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
                new PasskeyPage(
                        options.toJson(),
                        Mediation.NONE,
                        options.policy().timeout(),
                        existingLabels,
                        label,
                        false,
                        ""));
    }

    /**
     * Gives a page what Keycloak gives its own pages only: what was typed before, and the login that
     * its tabs watch.
     *
     * @param identityProviders whether sign-in through others may be offered on it
     */
    public static void complete(
            LoginFormsProvider form,
            AuthenticationSessionModel login,
            MultivaluedMap<String, String> typed,
            boolean identityProviders) {
        form.setAttribute("identityProvidersOffered", identityProviders);
        form.setAttribute("login", new LoginBean(typed));
        form.setAttribute(
                "authenticationSession",
                new AuthenticationSessionBean(login.getParentSession().getId(), login.getTabId()));
    }

    /** The options as the JSON of WebAuthn Level 3. */
    public String getOptions() {
        return options;
    }

    /** How the page asks: a {@link Mediation#code()}. */
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

    /** Whether a page that is a passkey alone has a field for the user name, where nobody is known yet. */
    public boolean isUsernameField() {
        return usernameField;
    }

    /** What the button says instead of its own text; may name a text as {@code ${key}}; empty for its own. */
    public String getButtonText() {
        return buttonText;
    }
}
