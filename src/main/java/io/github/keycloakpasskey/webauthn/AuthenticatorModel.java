package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.Optional;
import java.util.UUID;

/**
 * The model of an authenticator, as its attestation names it.
 *
 * @param aaguid all zeros if the authenticator names no model, as with FIDO U2F
 * @param certificateKeyIdentifier SHA-1 of the attestation certificate's public key (RFC 5280 §4.2.1.2, method 1), which
 *     identifies models without an AAGUID; empty without a certificate
 */
public record AuthenticatorModel(UUID aaguid, Optional<Bytes> certificateKeyIdentifier) {}
