package io.github.keycloakpasskey.keycloak.login;

/**
 * A login in which a user replaces lost passkeys, after the link of the recovery e-mail.
 *
 * @param user the id of the user who opened the link; Keycloak may give the login another user later
 * @param removesOlder whether all older passkeys are removed once the new one is stored
 */
public record PasskeyRecovery(String user, boolean removesOlder) {}
