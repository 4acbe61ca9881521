package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.ceremony.PasskeyEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.Action;
import org.keycloak.util.JsonSerialization;

/**
 * The accepted passkey that a login has been through. Says whose it was, as Keycloak may give the login another user
 * later on.
 *
 * @param owner the id of its owner
 * @param step the id of the step of the flow that it was posted to
 * @param userVerified whether its authenticator checked who is there
 * @param details what the LOGIN event is to say of it: where other steps or required actions follow, Keycloak makes that
 *     event in a later request, and knows nothing of this one
 */
public record CompletedPasskey(String owner, String step, boolean userVerified, Map<String, String> details) {

    private static final String NOTE = "passkey.used";

    public CompletedPasskey {
        details = Map.copyOf(details);
    }

    /**
     * A passkey that was accepted, with what the event says of it so far.
     *
     * @param step the id of the step of the flow that it was posted to
     */
    public static CompletedPasskey of(UserModel owner, String step, boolean userVerified, EventBuilder event) {
        return new CompletedPasskey(owner.getId(), step, userVerified, PasskeyEvents.detailsOf(event));
    }

    /**
     * What the login has been through.
     *
     * @param user null where nobody is known
     * @return empty where it has been through none of this user's
     */
    public static Optional<CompletedPasskey> in(AuthenticationSessionModel login, UserModel user) {
        return Optional.ofNullable(login.getAuthNote(NOTE))
                .map(CompletedPasskey::read)
                .filter(used -> user != null && used.owner().equals(user.getId()));
    }

    /** Keeps it for the login. */
    public void keepIn(AuthenticationSessionModel login) {
        try {
            login.setAuthNote(NOTE, JsonSerialization.writeValueAsString(this));
        } catch (IOException impossible) {
            throw new UncheckedIOException("a record of texts has a JSON", impossible);
        }
    }

    private static CompletedPasskey read(String note) {
        try {
            return JsonSerialization.readValue(note, CompletedPasskey.class);
        } catch (IOException impossible) {
            throw new UncheckedIOException("what was written can be read", impossible);
        }
    }

    /** For an owner who is turned away all the same: the login has been through nothing. */
    public static void forgetIn(AuthenticationSessionModel login) {
        login.removeAuthNote(NOTE);
        login.removeAuthNote(AuthenticationProcessor.AUTHN_CREDENTIALS);
    }

    /**
     * Whether the login has gone on to another step, or to required actions, since the passkey was posted. Whoever sends a
     * page twice at once can have Keycloak end one login twice, and the second end has seen no passkey.
     */
    public boolean isBehind(AuthenticationSessionModel login) {
        return Action.REQUIRED_ACTIONS.name().equals(login.getAction())
                || !Objects.equals(step, login.getAuthNote(AuthenticationProcessor.LAST_PROCESSED_EXECUTION));
    }

    /** Has an event say of the passkey what was kept. */
    public void tell(EventBuilder event) {
        details.forEach(event::detail);
    }
}
