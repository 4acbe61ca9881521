package io.github.keycloakpasskey.keycloak.authentication;

import java.util.Optional;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a login keeps of the passkey that it has been through. It says whose it was, as Keycloak may give the login
 * another user later on.
 *
 * @param userVerified whether its authenticator checked who is there
 */
record UsedPasskey(boolean userVerified) {

    private static final String NOTE = "passkey.used";
    private static final String VERIFIED = ":verified";

    /** Empty where the login has been through none of this user's. */
    static Optional<UsedPasskey> of(AuthenticationSessionModel login, UserModel user) {
        String note = login.getAuthNote(NOTE);
        if (note == null || user == null) {
            return Optional.empty();
        }
        boolean verified = note.equals(user.getId() + VERIFIED);
        return verified || note.equals(user.getId()) ? Optional.of(new UsedPasskey(verified)) : Optional.empty();
    }

    void keep(AuthenticationSessionModel login, UserModel owner) {
        login.setAuthNote(NOTE, owner.getId() + (userVerified ? VERIFIED : ""));
    }

    /** For an owner who is turned away all the same: the login has been through nothing. */
    static void forget(AuthenticationSessionModel login) {
        login.removeAuthNote(NOTE);
        login.removeAuthNote(AuthenticationProcessor.AUTHN_CREDENTIALS);
    }
}
