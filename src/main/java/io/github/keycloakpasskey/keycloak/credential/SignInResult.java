package io.github.keycloakpasskey.keycloak.credential;

/**
 * The result of an accepted sign-in.
 *
 * @param userVerified whether the authenticator verified its user
 * @param backedUp whether the passkey is backed up now
 * @param cloneSuspected whether the counter did not increase, which the realm accepts
 * @param backupEligibilityChanged whether the backup eligibility is another one than before, which the realm accepts
 */
public record SignInResult(
        boolean userVerified, boolean backedUp, boolean cloneSuspected, boolean backupEligibilityChanged) {}
