/** The settings of realms, flow steps and conditions, and the relying party policy that follows from them. */
package io.github.keycloakpasskey.keycloak.settings;
