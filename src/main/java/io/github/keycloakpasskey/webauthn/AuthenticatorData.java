package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.attestation.AttestedCredential;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Cbor;
import io.github.keycloakpasskey.webauthn.encoding.CborMap;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The authenticator data (§6.1), and the steps on them that both ceremonies share.
 *
 * @param signCount the signature counter, an unsigned 32-bit number; 0 if the authenticator has none
 * @param credential the new credential, if the flags announce one
 */
record AuthenticatorData(
        Bytes bytes, Bytes rpIdHash, byte flags, long signCount, Optional<AttestedCredential> credential) {

    /** The length of hash, flags and counter, in bytes. */
    private static final int HEAD = 37;

    private static final int RP_ID_HASH = 32;

    private static final int USER_PRESENT = 1;
    private static final int USER_VERIFIED = 1 << 2;
    private static final int BACKUP_ELIGIBLE = 1 << 3;
    private static final int BACKED_UP = 1 << 4;
    private static final int ATTESTED_CREDENTIAL_DATA = 1 << 6;
    private static final int EXTENSION_DATA = 1 << 7;

    /** Reads exactly the parts that the flags announce. Reserved flags are ignored. */
    static AuthenticatorData parse(Bytes bytes) throws CeremonyException {
        return CeremonyException.reading(FailureReason.AUTHENTICATOR_DATA_UNREADABLE, () -> read(bytes));
    }

    private static AuthenticatorData read(Bytes bytes) throws MalformedException {
        MalformedException.require(bytes.size() >= HEAD);
        byte flags = bytes.at(RP_ID_HASH);
        int end = HEAD;
        Optional<AttestedCredential> credential = Optional.empty();
        if ((flags & ATTESTED_CREDENTIAL_DATA) != 0) {
            credential = Optional.of(AttestedCredential.parse(bytes, end));
            end += credential.get().size();
        }
        if ((flags & EXTENSION_DATA) != 0) {
            end = endOfExtensions(bytes, end);
        }
        MalformedException.require(bytes.size() == end);
        int signCount =
                ByteBuffer.wrap(bytes.slice(RP_ID_HASH + 1, HEAD).toByteArray()).getInt();
        return new AuthenticatorData(
                bytes, bytes.slice(0, RP_ID_HASH), flags, Integer.toUnsignedLong(signCount), credential);
    }

    /**
     * §9.5: a map whose keys are extension identifiers. This relying party uses no extension, so values are ignored.
     */
    private static int endOfExtensions(Bytes bytes, int from) throws MalformedException {
        Cbor.Item extensions = Cbor.read(bytes, from);
        boolean isNamed =
                extensions.value() instanceof CborMap map && map.keys().stream().allMatch(String.class::isInstance);
        MalformedException.require(isNamed);
        return extensions.end();
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
