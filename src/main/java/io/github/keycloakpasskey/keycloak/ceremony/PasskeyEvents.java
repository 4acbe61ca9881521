package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.webauthn.CredentialRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.WebAuthnConstants;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

/**
 * What the events of both ceremonies say. The names of the details are those of Keycloak's own
 * WebAuthn events where it has them.
 */
public final class PasskeyEvents {

    private static final String USER_VERIFIED = "user_verified";
    private static final String CLONE_SUSPECTED = "clone_suspected";
    private static final String IMAGINARY = "imaginary_passkey";
    private static final String BACKED_UP = "backed_up";

    /** Kept for the login: what its LOGIN event is to say of the passkey, and of whom. */
    private static final String NOTE = "passkey.event";

    private static final String OWNER = "owner";
    private static final List<String> OF_A_PASSKEY = List.of(
            Details.CREDENTIAL_TYPE,
            WebAuthnConstants.PUBKEY_CRED_ID_ATTR,
            WebAuthnConstants.PUBKEY_CRED_AAGUID_ATTR,
            WebAuthnConstants.PUBKEY_CRED_LABEL_ATTR,
            USER_VERIFIED,
            BACKED_UP,
            CLONE_SUSPECTED);

    private PasskeyEvents() {}

    /**
     * Keeps what the event says of an accepted passkey. Where other steps or required actions follow, Keycloak makes the
     * LOGIN event in a later request, and knows nothing of this one.
     */
    public static void keep(EventBuilder event, AuthenticationSessionModel login, UserModel owner) {
        Map<String, String> kept = new LinkedHashMap<>(event.getEvent().getDetails());
        kept.keySet().retainAll(OF_A_PASSKEY);
        kept.put(OWNER, owner.getId());
        login.setAuthNote(NOTE, write(kept));
    }

    /** Says of the passkey what was kept, where the login is still its owner's. */
    public static void recall(EventBuilder event, AuthenticationSessionModel login, UserModel user) {
        String note = login.getAuthNote(NOTE);
        Map<String, String> kept = note == null ? Map.of() : read(note);
        if (user.getId().equals(kept.get(OWNER))) {
            OF_A_PASSKEY.stream().filter(kept::containsKey).forEach(detail -> event.detail(detail, kept.get(detail)));
        }
    }

    private static String write(Map<String, String> details) {
        try {
            return JsonSerialization.writeValueAsString(details);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a map of texts has a JSON", impossible);
        }
    }

    @SuppressWarnings("unchecked") // Only texts were written.
    private static Map<String, String> read(String note) {
        try {
            return JsonSerialization.readValue(note, Map.class);
        } catch (IOException impossible) {
            throw new UncheckedIOException("what was written can be read", impossible);
        }
    }

    /** Says which passkey it is about, from what was verified, never from what was only posted. */
    public static void describe(EventBuilder event, CredentialRecord credential) {
        event.detail(WebAuthnConstants.PUBKEY_CRED_ID_ATTR, credential.id().toBase64Url())
                .detail(WebAuthnConstants.PUBKEY_CRED_AAGUID_ATTR, credential.aaguid());
    }

    /** Says the stored name of the passkey. */
    public static void name(EventBuilder event, String label) {
        event.detail(WebAuthnConstants.PUBKEY_CRED_LABEL_ATTR, label);
    }

    /** Says that the answer names a passkey that was made up for a name without passkeys. */
    public static void imagine(EventBuilder event) {
        event.detail(IMAGINARY, "true");
    }

    /** Says that the counter did not grow, so that there may be a copy of the key. */
    public static void suspectClone(EventBuilder event) {
        event.detail(CLONE_SUSPECTED, "true");
    }

    /** Says what the authenticator reported in this ceremony. */
    public static void report(EventBuilder event, boolean userVerified, boolean backedUp) {
        event.detail(USER_VERIFIED, Boolean.toString(userVerified)).detail(BACKED_UP, Boolean.toString(backedUp));
    }
}
