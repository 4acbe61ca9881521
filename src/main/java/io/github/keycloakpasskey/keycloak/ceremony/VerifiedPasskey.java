package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.keycloak.credential.Passkey;

/**
 * A passkey that has just signed in its owner.
 *
 * @param userVerified whether the authenticator verified the user in this ceremony
 * @param evidence what the ceremony found out
 */
public record VerifiedPasskey(Passkey passkey, boolean userVerified, CeremonyEvidence evidence) {}
