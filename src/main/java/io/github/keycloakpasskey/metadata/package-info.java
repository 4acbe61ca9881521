/**
 * What the FIDO Metadata Service says of authenticators: who vouches for their attestations, how they
 * are certified, which ones are compromised.
 *
 * <p>{@link io.github.keycloakpasskey.metadata.MetadataService} is the way in; it keeps a signed document
 * (the blob) up to date in the background and answers from memory. Nothing here knows Keycloak. "MDS §"
 * in this package means a section of the FIDO Metadata Service specification, version 3.
 *
 * <p>Of webauthn4j-metadata, the types of entries and reports are used and how they are read. Its
 * providers are not: they believe SHA-1 signatures, whoever signed under the root and any older blob,
 * refuse all entries for one unknown value, read answers of any size for as long as they take, and do so
 * while a ceremony waits, which fails when they do.
 */
package io.github.keycloakpasskey.metadata;
