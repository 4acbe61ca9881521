/**
 * The command behind {@code bin/inspect}: judges recorded ceremonies with the code that the server
 * runs, so that people can find out why a passkey was refused.
 */
package io.github.keycloakpasskey.inspect;
