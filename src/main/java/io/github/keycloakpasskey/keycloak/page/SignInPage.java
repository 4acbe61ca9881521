package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.keycloak.settings.Mediation;
import io.github.keycloakpasskey.keycloak.settings.StepSettings;
import io.github.keycloakpasskey.webauthn.AuthenticationOptions;

/** What the template of a sign-in page gets. */
public final class SignInPage extends PasskeyPage {

    private final Mediation mediation;
    private final StepSettings step;

    /**
     * The bean of one page.
     *
     * @param mediation how this page asks for a passkey
     * @param step the step's other settings
     */
    public SignInPage(AuthenticationOptions options, Mediation mediation, StepSettings step) {
        super(options.toJson(), options.policy());
        this.mediation = mediation;
        this.step = step;
    }

    /** How the page asks for a passkey: a {@link Mediation#code()}. */
    public String getMediation() {
        return mediation.code();
    }

    /** Whether a page that is a passkey alone has a field in which browsers offer passkeys, where no user is known yet. */
    public boolean isUsernameField() {
        return step.get(StepSettings.USERNAME_FIELD);
    }

    /** The text of the button; may refer to a message as {@code ${key}}; empty for the default. */
    public String getButtonText() {
        return step.get(StepSettings.BUTTON_TEXT);
    }
}
