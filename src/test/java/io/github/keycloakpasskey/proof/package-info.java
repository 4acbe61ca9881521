/**
 * What the tests prove, for {@code docs/security.md} and {@code docs/evidence.md}: tests say what they show, a recorder
 * notes how each ended, and the tables of the documents are made from that and from nothing else.
 */
package io.github.keycloakpasskey.proof;
