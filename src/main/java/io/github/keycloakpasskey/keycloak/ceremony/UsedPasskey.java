package io.github.keycloakpasskey.keycloak.ceremony;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

/**
 * The accepted passkey that a login has been through. Says whose it was, as Keycloak may give the login another user
 * later on.
 *
 * @param owner the id of its owner
 * @param userVerified whether its authenticator checked who is there
 * @param details what the LOGIN event is to say of it: where other steps or required actions follow, Keycloak makes that
 *     event in a later request, and knows nothing of this one
 */
public record UsedPasskey(String owner, boolean userVerified, Map<String, String> details) {

    private static final String NOTE = "passkey.used";

    public UsedPasskey {
        details = Map.copyOf(details);
    }

    /** What the event says so far of a passkey that was accepted. */
    public static UsedPasskey of(UserModel owner, boolean userVerified, EventBuilder event) {
        return new UsedPasskey(owner.getId(), userVerified, PasskeyEvents.detailsOf(event));
    }

    /**
     * What the login has been through.
     *
     * @param user null where nobody is known
     * @return empty where it has been through none of this user's
     */
    public static Optional<UsedPasskey> in(AuthenticationSessionModel login, UserModel user) {
        return Optional.ofNullable(login.getAuthNote(NOTE))
                .map(UsedPasskey::read)
                .filter(used -> user != null && used.owner().equals(user.getId()));
    }

    /** Whether the login has been through a passkey that is not this user's. */
    public static boolean isOfSomeoneElse(AuthenticationSessionModel login, UserModel user) {
        return login.getAuthNote(NOTE) != null && in(login, user).isEmpty();
    }

    /** Keeps it for the login. */
    public void keepIn(AuthenticationSessionModel login) {
        try {
            login.setAuthNote(NOTE, JsonSerialization.writeValueAsString(this));
        } catch (IOException impossible) {
            throw new UncheckedIOException("a record of texts has a JSON", impossible);
        }
    }

    private static UsedPasskey read(String note) {
        try {
            return JsonSerialization.readValue(note, UsedPasskey.class);
        } catch (IOException impossible) {
            throw new UncheckedIOException("what was written can be read", impossible);
        }
    }

    /** For an owner who is turned away all the same: the login has been through nothing. */
    public static void forgetIn(AuthenticationSessionModel login) {
        login.removeAuthNote(NOTE);
        login.removeAuthNote(AuthenticationProcessor.AUTHN_CREDENTIALS);
    }

    /** Has an event say of the passkey what was kept. */
    public void tell(EventBuilder event) {
        details.forEach(event::detail);
    }
}
