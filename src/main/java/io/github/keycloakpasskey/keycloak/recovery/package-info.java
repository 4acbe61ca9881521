/** Getting back in without the passkey: a step of the flow that resets credentials. */
package io.github.keycloakpasskey.keycloak.recovery;
