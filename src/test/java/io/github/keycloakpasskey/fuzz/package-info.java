/**
 * Inputs that nobody thought of. Each target takes any bytes, makes of them something that a browser or a database
 * could hand in, and lets the code judge it: a verdict has to come back, in time, and nothing may be accepted that no
 * authenticator has signed. Jazzer invents the bytes ({@code bin/test --fuzz}); the unit tests replay the seeds and
 * the inputs that once failed.
 */
package io.github.keycloakpasskey.fuzz;
