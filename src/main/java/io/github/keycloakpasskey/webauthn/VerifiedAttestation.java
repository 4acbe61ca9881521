package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;

/**
 * What the attestation of a new credential has shown.
 *
 * @param format the format of the statement; none if the statement was ignored
 * @param modelProven whether a source that the policy trusts proves the model of the authenticator
 */
record VerifiedAttestation(AttestationFormat format, boolean modelProven) {}
