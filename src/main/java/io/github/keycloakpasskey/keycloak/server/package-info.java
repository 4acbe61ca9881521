/** What differs between versions of Keycloak, and nothing else. Every package of the Keycloak half may call it. */
package io.github.keycloakpasskey.keycloak.server;
