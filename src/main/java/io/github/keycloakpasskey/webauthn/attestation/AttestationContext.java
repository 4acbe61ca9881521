package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Instant;

/**
 * The relying party's inputs to the verification of an attestation statement.
 *
 * @param clientDataHash SHA-256 of the client data
 * @param rpId the relying party ID
 * @param at the instant at which timestamps and certificates must be valid
 */
public record AttestationContext(Bytes clientDataHash, String rpId, Instant at) {}
