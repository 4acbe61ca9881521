package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import io.github.keycloakpasskey.keycloak.settings.RealmPolicy;
import io.github.keycloakpasskey.keycloak.settings.StepSettings;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.SignCountPolicy;
import io.github.keycloakpasskey.webauthn.Verdict;

/**
 * The rules of a sign-in.
 *
 * @param relyingParty what is asked of the browser, and accepted from it; refused if no passkey can be used at this address
 * @param signCountPolicy what happens when the signature counter did not increase
 * @param admission whether a verified passkey signs in its owner
 */
public record SignInTerms(
        Verdict<RelyingParty, KeycloakReason> relyingParty, SignCountPolicy signCountPolicy, AdmissionTerms admission) {

    /** The rules of the realm, and of one flow step in it. */
    public static SignInTerms of(RealmPolicy policy, StepSettings step) {
        return new SignInTerms(
                policy.relyingParty(step)
                        .map(Verdict::<RelyingParty, KeycloakReason>accepted)
                        .orElseGet(() -> Verdict.refused(KeycloakReason.NO_RELYING_PARTY_ID)),
                policy.settings().get(PasskeySettings.SIGN_COUNT),
                AdmissionTerms.of(policy.settings()));
    }
}
