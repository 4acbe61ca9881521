package io.github.keycloakpasskey.keycloak.login;

import java.util.Map;

/**
 * The passkey with which a login was verified. It names its owner, because Keycloak may give the login another user
 * later.
 *
 * @param owner the id of the user who owns the passkey
 * @param passkey the id of the stored passkey
 * @param verified when the login verified it, in seconds since 1970
 * @param step the id of the flow step that verified it
 * @param userVerified whether the authenticator verified the user
 * @param details what the LOGIN event says of the passkey. Where other steps or required actions follow, Keycloak creates
 *     that event in a later request, which knows nothing of the passkey
 */
public record CompletedPasskey(
        String owner, String passkey, long verified, String step, boolean userVerified, Map<String, String> details) {

    public CompletedPasskey {
        details = Map.copyOf(details);
    }
}
