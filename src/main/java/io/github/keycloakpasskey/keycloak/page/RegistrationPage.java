package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.keycloak.ceremony.Ceremony;
import io.github.keycloakpasskey.webauthn.RegistrationOptions;
import java.util.List;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What the template of the page is given on which somebody makes a passkey. */
public final class RegistrationPage extends PasskeyPage {

    private final List<String> existingLabels;
    private final String label;

    private RegistrationPage(RegistrationOptions options, List<String> existingLabels, String label) {
        super(options.toJson(), options.policy().timeout());
        this.existingLabels = existingLabels;
        this.label = label;
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
        new RegistrationPage(options, existingLabels, label)
                .open(form, login, Ceremony.REGISTRATION, options.challenge());
    }

    public List<String> getExistingLabels() {
        return existingLabels;
    }

    public String getLabel() {
        return label;
    }
}
