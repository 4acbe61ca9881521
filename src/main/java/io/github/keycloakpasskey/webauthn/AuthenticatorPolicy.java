package io.github.keycloakpasskey.webauthn;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The authenticators that may create a passkey, and the attachments that may use one. These are rules of the relying party,
 * not steps of the specification.
 *
 * @param attachment the only accepted attachment; if empty, any. The browser reports it without a signature, so this rule
 *     stops no attacker
 * @param allowedAaguids the only accepted models; if empty, any. An empty set accepts no model. A model must be proven by a
 *     trusted attestation. All zeros stand for authenticators that name no model: they need a trusted attestation only
 * @param deniedAaguids models that are not accepted. An authenticator that does not prove its model can claim another one,
 *     so this rule stops no attacker
 * @param deviceBoundOnly whether to refuse passkeys that can be synced. The authenticator reports that itself, so this rule
 *     stops no attacker unless the allowed models are listed
 */
public record AuthenticatorPolicy(
        Optional<AuthenticatorAttachment> attachment,
        Optional<Set<UUID>> allowedAaguids,
        Set<UUID> deniedAaguids,
        boolean deviceBoundOnly) {

    /** Accepts every authenticator. */
    public static final AuthenticatorPolicy ANY = attached(Optional.empty());

    /** Accepts every authenticator with this attachment; with any if empty. */
    public static AuthenticatorPolicy attached(Optional<AuthenticatorAttachment> attachment) {
        return new AuthenticatorPolicy(attachment, Optional.empty(), Set.of(), false);
    }

    public AuthenticatorPolicy {
        allowedAaguids = allowedAaguids.map(Set::copyOf);
        deniedAaguids = Set.copyOf(deniedAaguids);
    }

    /** @param proven whether a trusted attestation proves the AAGUID */
    void verifyModel(UUID aaguid, boolean proven) throws CeremonyException {
        boolean allowed =
                allowedAaguids.isEmpty() || (proven && allowedAaguids.get().contains(aaguid));
        CeremonyException.require(allowed && !deniedAaguids.contains(aaguid), FailureReason.AUTHENTICATOR_NOT_ACCEPTED);
    }

    void verifyAttachment(Optional<AuthenticatorAttachment> reported) throws CeremonyException {
        CeremonyException.require(
                attachment.isEmpty() || attachment.equals(reported), FailureReason.AUTHENTICATOR_NOT_ACCEPTED);
    }

    void verifyBackup(AuthenticatorData data) throws CeremonyException {
        CeremonyException.require(
                !deviceBoundOnly || !data.backupEligible(), FailureReason.SYNCED_PASSKEY_NOT_ACCEPTED);
    }
}
