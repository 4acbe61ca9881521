package io.github.keycloakpasskey.webauthn;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The fixed head of the authenticator data (§6.1), and the steps on it that both ceremonies share. */
record AuthenticatorData(Bytes bytes, Bytes rpIdHash, byte flags, long signCount) {

    /** The length of hash, flags and counter, in bytes. */
    static final int HEAD = 37;

    private static final int RP_ID_HASH = 32;

    private static final int USER_PRESENT = 1;
    private static final int USER_VERIFIED = 1 << 2;
    private static final int BACKUP_ELIGIBLE = 1 << 3;
    private static final int BACKED_UP = 1 << 4;
    private static final int ATTESTED_CREDENTIAL_DATA = 1 << 6;
    private static final int EXTENSION_DATA = 1 << 7;

    static AuthenticatorData parse(Bytes bytes) throws CeremonyException {
        CeremonyException.require(bytes.size() >= HEAD, FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
        return new AuthenticatorData(
                bytes,
                bytes.slice(0, RP_ID_HASH),
                bytes.at(RP_ID_HASH),
                Integer.toUnsignedLong(
                        ByteBuffer.wrap(bytes.slice(RP_ID_HASH + 1, HEAD).toByteArray())
                                .getInt()));
    }

    boolean userVerified() {
        return has(USER_VERIFIED);
    }

    boolean backupEligible() {
        return has(BACKUP_ELIGIBLE);
    }

    boolean backedUp() {
        return has(BACKED_UP);
    }

    boolean hasAttestedCredentialData() {
        return has(ATTESTED_CREDENTIAL_DATA);
    }

    boolean hasExtensions() {
        return has(EXTENSION_DATA);
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    void verifyRpIdHash(RelyingPartyPolicy policy) throws CeremonyException {
        Bytes expected =
                Bytes.of(policy.rpId().getBytes(StandardCharsets.UTF_8)).sha256();
        CeremonyException.require(rpIdHash.equals(expected), FailureReason.RP_ID_MISMATCH);
    }

    void verifyUserPresent() throws CeremonyException {
        CeremonyException.require(has(USER_PRESENT), FailureReason.USER_NOT_PRESENT);
    }

    void verifyUserVerified(RelyingPartyPolicy policy) throws CeremonyException {
        CeremonyException.require(
                userVerified() || !policy.requiresUserVerification(), FailureReason.USER_NOT_VERIFIED);
    }

    void verifyBackupFlags() throws CeremonyException {
        CeremonyException.require(backupEligible() || !backedUp(), FailureReason.BACKUP_FLAGS_INVALID);
    }
}
