/**
 * Signing in with a passkey and creating one, without a page. Pages, an API for apps and tests call the same two classes:
 * {@link io.github.keycloakpasskey.keycloak.ceremony.PasskeySignIn} and
 * {@link io.github.keycloakpasskey.keycloak.ceremony.PasskeyRegistration}.
 */
package io.github.keycloakpasskey.keycloak.ceremony;
