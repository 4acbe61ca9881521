package io.github.keycloakpasskey.keycloak.server;

import java.util.Arrays;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.Details;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether the user of a login signed up in it.
 *
 * <p>Keycloak notes this since 26.7, and a login then ends if another login verifies the new user's e-mail address
 * meanwhile (keycloak#45568, keycloak#48206). Before, the flow that has just ended tells it, and {@link #note} keeps it.
 */
public final class SignUp {

    private static final String NOTE = "NEW_USER_REGISTERED";
    private static final boolean GUARDED_BY_KEYCLOAK = Arrays.stream(AuthenticationManager.class.getFields())
            .anyMatch(field -> field.getName().equals(NOTE));

    private SignUp() {}

    /** Whether this version of Keycloak notes sign-ups, and ends a login whose new user another login verified. */
    public static boolean isGuardedByKeycloak() {
        return GUARDED_BY_KEYCLOAK;
    }

    /** Notes a sign-up at the end of its flow where Keycloak does not. Other logins stay as they are. */
    public static void note(AuthenticationSessionModel login) {
        String path = login.getAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH);
        boolean isBrokered = login.getUserSessionNotes().containsKey(Details.IDENTITY_PROVIDER);
        if (!GUARDED_BY_KEYCLOAK && !isBrokered && LoginActionsService.REGISTRATION_PATH.equals(path)) {
            login.setAuthNote(NOTE, "true");
        }
    }

    /** Whether the user signed up in this login; known from the end of that flow on. */
    public static boolean isIn(AuthenticationSessionModel login) {
        return Boolean.parseBoolean(login.getAuthNote(NOTE));
    }
}
