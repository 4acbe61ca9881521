/** What pages show and post: beans for templates, the posted form, and what users and events are told of a refusal. */
package io.github.keycloakpasskey.keycloak.page;
