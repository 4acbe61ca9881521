package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.webauthn.RegistrationOptions;
import java.util.List;

/** What the template of the page gets on which a user creates a passkey. */
public final class RegistrationPage extends PasskeyPage {

    private final List<String> existingLabels;
    private final String label;

    /**
     * The bean of one page.
     *
     * @param existingLabels the labels of the passkeys that the user keeps
     * @param label the label that the user entered for the new passkey; may be empty
     */
    public RegistrationPage(RegistrationOptions options, List<String> existingLabels, String label) {
        super(options.toJson(), options.policy());
        this.existingLabels = List.copyOf(existingLabels);
        this.label = label;
    }

    public List<String> getExistingLabels() {
        return existingLabels;
    }

    public String getLabel() {
        return label;
    }
}
