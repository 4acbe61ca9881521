/**
 * What the tests prove, for {@code docs/security.md}: tests say what they show, a recorder notes how each ended, and
 * the document's tables are made from that and from nothing else.
 */
package io.github.keycloakpasskey.proof;
