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
 * @param publicKeyCose the public key as a COSE key (RFC 9052), in the bytes that the authenticator sent
 * @param signCount the signature counter, an unsigned 32-bit number; 0 if the authenticator has none
 * @param transports how the browser can reach the authenticator, as the browser reported at registration
 * @param aaguid the model of the authenticator, proven only by attestation; empty if a stored record has another text
 * @param attestationFormat the attestation statement format; empty if a stored record names an unknown one
 * @param userVerified whether the user was verified at registration ({@code uvInitialized})
 * @param discoverable whether it can be used without a username ({@code credProps.rk}); empty if the browser did not report
 *     it
 * @param backupEligible whether it can be synced to other devices; empty until a sign-in shows it, if the record comes from a
 *     system that does not store it
 * @param backedUp whether it was synced at the last ceremony
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
        Optional<Boolean> backupEligible,
        boolean backedUp) {

    public CredentialRecord {
        transports = List.copyOf(transports);
    }

    /** Whether sign-ins can be verified with the public key. */
    public boolean hasUsableKey() {
        try {
            CredentialPublicKey.parse(publicKeyCose);
            return true;
        } catch (UnusableKeyException unusable) {
            return false;
        }
    }

    /** Whether it is known that it cannot be synced to other devices. */
    public boolean isDeviceBound() {
        return backupEligible.equals(Optional.of(false));
    }

    /** What options tell the browser about this passkey. */
    public CredentialDescriptor descriptor() {
        return new CredentialDescriptor(id, transports);
    }

    /** A record of a passkey about which nothing but its id and key is known. */
    public static Builder builder(Bytes id, Bytes publicKeyCose) {
        return new Builder(id, publicKeyCose);
    }

    /** A builder with the members of this value. */
    public Builder toBuilder() {
        return new Builder(id, publicKeyCose)
                .signCount(signCount)
                .transports(transports)
                .aaguid(aaguid)
                .attestationFormat(attestationFormat)
                .userVerified(userVerified)
                .discoverable(discoverable)
                .backupEligible(backupEligible)
                .backedUp(backedUp);
    }

    /**
     * Collects the members of a record. Each number is 0, each flag false and every other member empty, unless set
     * otherwise.
     */
    public static final class Builder {

        private final Bytes id;
        private Bytes publicKeyCose;
        private long signCount;
        private List<String> transports = List.of();
        private Optional<UUID> aaguid = Optional.empty();
        private Optional<AttestationFormat> attestationFormat = Optional.empty();
        private boolean userVerified;
        private Optional<Boolean> discoverable = Optional.empty();
        private Optional<Boolean> backupEligible = Optional.empty();
        private boolean backedUp;

        private Builder(Bytes id, Bytes publicKeyCose) {
            this.id = id;
            this.publicKeyCose = publicKeyCose;
        }

        public Builder publicKeyCose(Bytes value) {
            publicKeyCose = value;
            return this;
        }

        public Builder signCount(long value) {
            signCount = value;
            return this;
        }

        public Builder transports(List<String> value) {
            transports = value;
            return this;
        }

        public Builder aaguid(Optional<UUID> value) {
            aaguid = value;
            return this;
        }

        public Builder attestationFormat(Optional<AttestationFormat> value) {
            attestationFormat = value;
            return this;
        }

        public Builder userVerified(boolean value) {
            userVerified = value;
            return this;
        }

        public Builder discoverable(Optional<Boolean> value) {
            discoverable = value;
            return this;
        }

        public Builder backupEligible(Optional<Boolean> value) {
            backupEligible = value;
            return this;
        }

        public Builder backedUp(boolean value) {
            backedUp = value;
            return this;
        }

        public CredentialRecord build() {
            return new CredentialRecord(
                    id,
                    publicKeyCose,
                    signCount,
                    transports,
                    aaguid,
                    attestationFormat,
                    userVerified,
                    discoverable,
                    backupEligible,
                    backedUp);
        }
    }
}
