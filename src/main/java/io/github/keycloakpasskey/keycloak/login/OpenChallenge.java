package io.github.keycloakpasskey.keycloak.login;

/**
 * The challenge that the page of this login waits with.
 *
 * @param ceremony the ceremony that it was created for
 * @param expires when it expires, in milliseconds since 1970; {@link Long#MAX_VALUE} if it lives as long as the login
 * @param challenge its bytes as base64url
 */
public record OpenChallenge(Ceremony ceremony, long expires, String challenge) {}
