package io.github.keycloakpasskey.testbed;

import java.util.Map;

/** Vouches for a new key in one attestation statement format (WebAuthn Level 3, section 8). */
public interface Attestator {

    /** The identifier of the format. */
    String format();

    /** The attestation statement; members in the order of their canonical encoding. */
    Map<Object, Object> statement(AttestationRequest request);
}
