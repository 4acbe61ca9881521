package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.keycloak.settings.AttestationSources;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import io.github.keycloakpasskey.keycloak.settings.RealmPolicy;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import java.util.OptionalInt;
import org.keycloak.models.KeycloakSession;

/**
 * The rules of a registration.
 *
 * @param relyingParty what is asked of the browser, and accepted from it
 * @param rpId the relying party ID for which the passkey is created
 * @param maxPasskeys how many passkeys a user may have; any number where empty
 * @param policyReadable whether the realm's policy can be read. Where it cannot, no passkey can be created
 */
public record RegistrationTerms(
        RelyingParty relyingParty, String rpId, OptionalInt maxPasskeys, boolean policyReadable) {

    /** The rules of the session's realm. */
    public static RegistrationTerms of(KeycloakSession session) {
        RealmPolicy policy = RealmPolicy.of(session);
        return new RegistrationTerms(
                policy.relyingParty(AttestationSources.of(session)),
                policy.rpId(),
                policy.settings().get(PasskeySettings.MAX_PASSKEYS),
                policy.isReadable());
    }
}
