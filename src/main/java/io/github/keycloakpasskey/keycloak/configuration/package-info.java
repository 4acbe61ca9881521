/** The settings of steps at the moment when an administrator saves them. */
package io.github.keycloakpasskey.keycloak.configuration;
