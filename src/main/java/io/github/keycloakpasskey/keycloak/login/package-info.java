/**
 * The state of one login in one browser tab, and the guard that all of it belongs to one user.
 *
 * <p>{@link io.github.keycloakpasskey.keycloak.login.LoginState} declares every note that this extension keeps in an
 * authentication session. {@link io.github.keycloakpasskey.keycloak.login.UserSwitchGuard} decides on that state alone,
 * without a server.
 */
package io.github.keycloakpasskey.keycloak.login;
