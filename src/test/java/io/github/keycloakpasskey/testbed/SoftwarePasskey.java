package io.github.keycloakpasskey.testbed;

import java.security.KeyPair;
import java.util.Base64;

/** A passkey that a {@link SoftwareAuthenticator} holds. */
public final class SoftwarePasskey {

    private final Algorithm algorithm;
    private final KeyPair keyPair;
    private final byte[] credentialId;
    private final byte[] userHandle;
    private final String rpId;
    private final boolean discoverable;
    private final boolean backupEligible;
    private final boolean backedUp;
    private long signCount;

    SoftwarePasskey(
            Algorithm algorithm,
            KeyPair keyPair,
            byte[] credentialId,
            byte[] userHandle,
            String rpId,
            boolean discoverable,
            boolean backupEligible,
            boolean backedUp,
            long signCount) {
        this.algorithm = algorithm;
        this.keyPair = keyPair;
        this.credentialId = credentialId.clone();
        this.userHandle = userHandle.clone();
        this.rpId = rpId;
        this.discoverable = discoverable;
        this.backupEligible = backupEligible;
        this.backedUp = backedUp;
        this.signCount = signCount;
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    KeyPair keyPair() {
        return keyPair;
    }

    public byte[] credentialId() {
        return credentialId.clone();
    }

    /** The credential id as JSON carries it: base64url without padding. */
    public String id() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(credentialId);
    }

    public byte[] userHandle() {
        return userHandle.clone();
    }

    public String rpId() {
        return rpId;
    }

    public boolean discoverable() {
        return discoverable;
    }

    public boolean backupEligible() {
        return backupEligible;
    }

    public boolean backedUp() {
        return backedUp;
    }

    /** The counter that was signed last. */
    public long signCount() {
        return signCount;
    }

    void signCount(long signed) {
        signCount = signed;
    }
}
