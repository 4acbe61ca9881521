package io.github.keycloakpasskey.webauthn;

import java.util.Optional;
import java.util.Set;

/**
 * Which authenticators may make a new passkey, and by their attachment, use one. Rules of the relying party's own, not steps of the
 * specification.
 *
 * @param attachment the kind of authenticator; any where empty. A courtesy: the browser says it, and
 *     nobody signs it
 * @param allowedAaguids the only models that are accepted, UUIDs in text; any where empty. Needs an
 *     attestation that proves the model, as otherwise it is only claimed. All zeros stand for those that
 *     claim none: they only need an attestation that is trusted
 * @param deniedAaguids models that are not accepted. A courtesy: an authenticator whose model nothing
 *     proves can claim to be another one
 * @param deviceBoundOnly whether passkeys that can be synced are refused. Believed of the
 *     authenticator, so a courtesy unless the allowed models are named
 */
public record AuthenticatorPolicy(
        Optional<AuthenticatorAttachment> attachment,
        Set<String> allowedAaguids,
        Set<String> deniedAaguids,
        boolean deviceBoundOnly) {

    /** Accepts every authenticator. */
    public static final AuthenticatorPolicy ANY = attached(Optional.empty());

    /** Accepts every authenticator of this kind. */
    public static AuthenticatorPolicy attached(Optional<AuthenticatorAttachment> attachment) {
        return new AuthenticatorPolicy(attachment, Set.of(), Set.of(), false);
    }

    public AuthenticatorPolicy {
        allowedAaguids = Set.copyOf(allowedAaguids);
        deniedAaguids = Set.copyOf(deniedAaguids);
    }

    /** @param proven whether a trusted attestation proves the AAGUID */
    void verifyModel(String aaguid, boolean proven) throws CeremonyException {
        boolean allowed = allowedAaguids.isEmpty() || (proven && allowedAaguids.contains(aaguid));
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
