package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.keycloak.settings.AttestationSources;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import io.github.keycloakpasskey.keycloak.settings.RealmPolicy;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.util.OptionalInt;
import org.keycloak.models.KeycloakSession;

/**
 * The rules of a registration.
 *
 * @param relyingParty what is asked of the browser, and accepted from it; refused if the realm's policy or the server's
 *     address lets nobody create a passkey
 * @param maxPasskeys how many passkeys a user may have; any number where empty
 */
public record RegistrationTerms(Verdict<RelyingParty, KeycloakReason> relyingParty, OptionalInt maxPasskeys) {

    /** The rules of the session's realm. */
    public static RegistrationTerms of(KeycloakSession session) {
        RealmPolicy policy = RealmPolicy.of(session);
        return new RegistrationTerms(
                policy.isReadable() ? relyingParty(policy, session) : Verdict.refused(KeycloakReason.POLICY_UNREADABLE),
                policy.settings().get(PasskeySettings.MAX_PASSKEYS));
    }

    private static Verdict<RelyingParty, KeycloakReason> relyingParty(RealmPolicy policy, KeycloakSession session) {
        return policy.relyingParty(AttestationSources.of(session))
                .map(Verdict::<RelyingParty, KeycloakReason>accepted)
                .orElseGet(() -> Verdict.refused(KeycloakReason.NO_RELYING_PARTY_ID));
    }
}
