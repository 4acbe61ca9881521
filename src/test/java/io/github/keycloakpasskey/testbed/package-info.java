/**
 * What the tests stand on: one Keycloak for the whole run, a client without a browser, a browser with a virtual
 * authenticator, and an authenticator in software for ceremonies that no browser would make.
 */
package io.github.keycloakpasskey.testbed;
