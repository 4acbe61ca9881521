package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.keycloak.ceremony.Ceremony;
import io.github.keycloakpasskey.keycloak.settings.Mediation;
import io.github.keycloakpasskey.keycloak.settings.StepSettings;
import io.github.keycloakpasskey.webauthn.AuthenticationOptions;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What the template of a page is given on which somebody signs in. */
public final class SignInPage extends PasskeyPage {

    private final Mediation mediation;
    private final StepSettings step;

    private SignInPage(AuthenticationOptions options, Mediation mediation, StepSettings step) {
        super(options.toJson(), options.policy().timeout());
        this.mediation = mediation;
        this.step = step;
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
        new SignInPage(options, mediation, step).open(form, login, Ceremony.AUTHENTICATION, options.challenge());
    }

    /** How the page asks: a {@link Mediation#code()}. */
    public String getMediation() {
        return mediation.code();
    }

    /** Whether the page of a passkey alone has a field for the user name, where nobody is known yet. */
    public boolean isUsernameField() {
        return step.get(StepSettings.USERNAME_FIELD);
    }

    /** What the button says instead of its own text; may name a text as {@code ${key}}; empty for its own. */
    public String getButtonText() {
        return step.get(StepSettings.BUTTON_TEXT);
    }
}
