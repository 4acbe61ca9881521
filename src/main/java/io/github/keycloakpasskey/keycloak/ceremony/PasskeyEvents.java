package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.webauthn.CredentialRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.WebAuthnConstants;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;

/**
 * What the events of both ceremonies say. The names of the details are those of Keycloak's own
 * WebAuthn events where it has them.
 */
public final class PasskeyEvents {

    private static final String USER_VERIFIED = "user_verified";
    private static final String CLONE_SUSPECTED = "clone_suspected";
    private static final String IMAGINARY = "imaginary_passkey";
    private static final String BACKED_UP = "backed_up";

    private static final List<String> OF_A_PASSKEY = List.of(
            Details.CREDENTIAL_TYPE,
            WebAuthnConstants.PUBKEY_CRED_ID_ATTR,
            WebAuthnConstants.PUBKEY_CRED_AAGUID_ATTR,
            WebAuthnConstants.PUBKEY_CRED_LABEL_ATTR,
            USER_VERIFIED,
            BACKED_UP,
            CLONE_SUSPECTED);

    private PasskeyEvents() {}

    /** What an event says of a passkey. */
    public static Map<String, String> detailsOf(EventBuilder event) {
        Map<String, String> details = new LinkedHashMap<>(event.getEvent().getDetails());
        details.keySet().retainAll(OF_A_PASSKEY);
        return details;
    }

    /** Says which passkey it is about, from what was verified, never from what was only posted. */
    public static void describe(EventBuilder event, CredentialRecord credential) {
        event.detail(WebAuthnConstants.PUBKEY_CRED_ID_ATTR, credential.id().toBase64Url());
        credential
                .aaguid()
                .ifPresent(aaguid -> event.detail(WebAuthnConstants.PUBKEY_CRED_AAGUID_ATTR, aaguid.toString()));
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
