/** What administrators set, for a realm, a step or a condition: declared, checked, and read as a policy. */
package io.github.keycloakpasskey.keycloak.settings;
