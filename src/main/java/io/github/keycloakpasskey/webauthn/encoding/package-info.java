/**
 * Strict readers for the encodings that WebAuthn uses: CBOR, DER and JSON, with {@link
 * io.github.keycloakpasskey.webauthn.encoding.Bytes} as the byte string of all of them.
 *
 * <p>A reader throws {@link io.github.keycloakpasskey.webauthn.encoding.MalformedException}, which names no reason: what
 * malformed input means for a ceremony is decided by the package that asked for it.
 */
package io.github.keycloakpasskey.webauthn.encoding;
