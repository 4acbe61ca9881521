package io.github.keycloakpasskey.keycloak.credential;

/**
 * What an accepted sign-in says.
 *
 * @param userVerified whether the authenticator checked who is there
 * @param backedUp whether the passkey is synced now
 * @param cloneSuspected whether the counter did not grow, and the realm accepts that
 */
public record SignInResult(boolean userVerified, boolean backedUp, boolean cloneSuspected) {}
