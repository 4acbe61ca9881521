/**
 * A REST resource that runs both ceremonies without a page, in a JAR of its own beside the extension. The tests' servers
 * have it; it is no part of the extension.
 */
package io.github.keycloakpasskey.testbed.ceremonyapi;
