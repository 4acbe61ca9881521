/** What administrators do by the admin REST API: the resource {@code /admin/realms/{realm}/passkeys}. */
package io.github.keycloakpasskey.keycloak.admin;
