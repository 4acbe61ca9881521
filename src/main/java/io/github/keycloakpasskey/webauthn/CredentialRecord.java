package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import io.github.keycloakpasskey.webauthn.cose.CredentialPublicKey;
import io.github.keycloakpasskey.webauthn.cose.UnusableKeyException;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a relying party stores of a passkey (§4, "credential record").
 *
 * @param id the credential id, 1 to 1023 bytes
 * @param publicKeyCose the public key as a COSE key (RFC 9052), the bytes that the authenticator sent
 * @param signCount the signature counter, 0 where the authenticator has none; an unsigned 32-bit number
 * @param transports how the browser can reach the authenticator, as it said at registration
 * @param aaguid the model of the authenticator, proven only by attestation; empty if a stored record has another text
 * @param attestationFormat the attestation statement format; empty if a stored record names an unknown one
 * @param userVerified whether the user was verified at registration ({@code uvInitialized})
 * @param discoverable whether it can be found without a user name ({@code credProps.rk}), where the
 *     browser said so
 * @param backupEligible whether it may be synced to other devices
 * @param backedUp whether it is synced now
 */
public record CredentialRecord(
        Bytes id,
        Bytes publicKeyCose,
        long signCount,
        List<String> transports,
        Optional<UUID> aaguid,
        Optional<AttestationFormat> attestationFormat,
        boolean userVerified,
        Optional<Boolean> discoverable,
        boolean backupEligible,
        boolean backedUp) {

    public CredentialRecord {
        transports = List.copyOf(transports);
    }

    /** Whether the public key is one that a sign-in can be judged by. */
    public boolean hasUsableKey() {
        try {
            CredentialPublicKey.parse(publicKeyCose);
            return true;
        } catch (UnusableKeyException unusable) {
            return false;
        }
    }

    public CredentialDescriptor descriptor() {
        return new CredentialDescriptor(id, transports);
    }
}
