/** Holds the documents against the code and against each other. */
package io.github.keycloakpasskey.documents;
