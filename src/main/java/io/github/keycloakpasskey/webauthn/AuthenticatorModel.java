package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.Optional;

/**
 * The model of an authenticator, as its attestation names it.
 *
 * @param aaguid a UUID in text; all zeros for those that speak FIDO U2F
 * @param certificateKeyIdentifier SHA-1 of the attestation certificate's public key (RFC 5280
 *     §4.2.1.2, method 1), by which models without an AAGUID are known; empty without certificate
 */
public record AuthenticatorModel(String aaguid, Optional<Bytes> certificateKeyIdentifier) {}
