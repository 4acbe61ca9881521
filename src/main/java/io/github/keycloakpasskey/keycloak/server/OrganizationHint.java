package io.github.keycloakpasskey.keycloak.server;

import org.keycloak.sessions.AuthenticationSessionModel;

/** The user name that an app suggests, in the organization step. */
public final class OrganizationHint {

    /** Keycloak 26.4 has no public constant for it. */
    private static final String HANDLED = "loginHintAlreadyHandled";

    private OrganizationHint() {}

    /**
     * Keeps the step of Keycloak 26.4 from making a user with the suggested name the login's user. It would go on to the next
     * page for such a user only, and so reveal who has an account. Now it shows its own page to everyone, with the name
     * filled in. Newer versions treat the suggestion as a name that was entered, and do not read this note.
     */
    public static void hideAccount(AuthenticationSessionModel login) {
        login.setClientNote(HANDLED, "true");
    }
}
