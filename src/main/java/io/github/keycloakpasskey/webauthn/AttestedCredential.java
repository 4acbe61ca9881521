package io.github.keycloakpasskey.webauthn;

/** The attested credential data (§6.5.1): the new credential's id, key, and its authenticator's model. */
record AttestedCredential(String aaguid, Bytes id, CredentialPublicKey publicKey) {}
