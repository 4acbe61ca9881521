package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a relying party requests and accepts, according to the administrator's settings.
 *
 * @param rpId the relying party ID, a domain name (§5.4.2)
 * @param rpName the name that users see
 * @param origins the origins whose pages may run a ceremony, at least one, compared character by character (§13.4.9)
 * @param topOrigins the origins of other sites that may embed such a page
 * @param algorithms the algorithms of new keys, the preferred one first; if empty, every new key is refused
 * @param userVerification whether the authenticator must verify the user
 * @param residentKey whether a new passkey must be discoverable
 * @param timeout how long the browser waits for the user; if empty, the browser's default
 * @param hints the kinds of authenticators that the browser offers, the preferred one first
 * @param attestation the attestation that a new passkey needs
 * @param authenticators the authenticators that may create a passkey, and the attachments that may use one
 * @param backupEligibility what happens when the backup eligibility of a passkey has changed
 */
public record RelyingPartyPolicy(
        String rpId,
        String rpName,
        Set<String> origins,
        Set<String> topOrigins,
        List<CoseAlgorithm> algorithms,
        UserVerification userVerification,
        ResidentKey residentKey,
        Optional<Duration> timeout,
        List<Hint> hints,
        AttestationPolicy attestation,
        AuthenticatorPolicy authenticators,
        BackupEligibilityPolicy backupEligibility) {

    public RelyingPartyPolicy {
        origins = Set.copyOf(origins);
        topOrigins = Set.copyOf(topOrigins);
        algorithms = List.copyOf(algorithms);
        hints = List.copyOf(hints);
        if (rpId.isEmpty() || origins.isEmpty()) {
            throw new IllegalArgumentException("a relying party has an ID and at least one origin");
        }
    }

    boolean requiresUserVerification() {
        return userVerification == UserVerification.REQUIRED;
    }

    boolean acceptsChangedBackupEligibility() {
        return backupEligibility == BackupEligibilityPolicy.ACCEPT;
    }

    /** A policy to which at least one origin must be added. */
    public static Builder builder(String rpId, String rpName) {
        return new Builder(rpId, rpName);
    }

    /** A builder with the members of this value. */
    public Builder toBuilder() {
        return new Builder(rpId, rpName)
                .origins(origins)
                .topOrigins(topOrigins)
                .algorithms(algorithms)
                .userVerification(userVerification)
                .residentKey(residentKey)
                .timeout(timeout)
                .hints(hints)
                .attestation(attestation)
                .authenticators(authenticators)
                .backupEligibility(backupEligibility);
    }

    /**
     * Collects the members of a policy. Unless set otherwise, user verification and discoverable credentials are required,
     * no algorithm is accepted for new keys, and nothing else is demanded.
     */
    public static final class Builder {

        private final String rpId;
        private final String rpName;
        private Set<String> origins = Set.of();
        private Set<String> topOrigins = Set.of();
        private List<CoseAlgorithm> algorithms = List.of();
        private UserVerification userVerification = UserVerification.REQUIRED;
        private ResidentKey residentKey = ResidentKey.REQUIRED;
        private Optional<Duration> timeout = Optional.empty();
        private List<Hint> hints = List.of();
        private AttestationPolicy attestation = AttestationPolicy.NONE;
        private AuthenticatorPolicy authenticators = AuthenticatorPolicy.ANY;
        private BackupEligibilityPolicy backupEligibility = BackupEligibilityPolicy.REFUSE;

        private Builder(String rpId, String rpName) {
            this.rpId = rpId;
            this.rpName = rpName;
        }

        public Builder origins(Set<String> value) {
            origins = value;
            return this;
        }

        public Builder topOrigins(Set<String> value) {
            topOrigins = value;
            return this;
        }

        public Builder algorithms(List<CoseAlgorithm> value) {
            algorithms = value;
            return this;
        }

        public Builder userVerification(UserVerification value) {
            userVerification = value;
            return this;
        }

        public Builder residentKey(ResidentKey value) {
            residentKey = value;
            return this;
        }

        public Builder timeout(Optional<Duration> value) {
            timeout = value;
            return this;
        }

        public Builder hints(List<Hint> value) {
            hints = value;
            return this;
        }

        public Builder attestation(AttestationPolicy value) {
            attestation = value;
            return this;
        }

        public Builder authenticators(AuthenticatorPolicy value) {
            authenticators = value;
            return this;
        }

        public Builder backupEligibility(BackupEligibilityPolicy value) {
            backupEligibility = value;
            return this;
        }

        public RelyingPartyPolicy build() {
            return new RelyingPartyPolicy(
                    rpId,
                    rpName,
                    origins,
                    topOrigins,
                    algorithms,
                    userVerification,
                    residentKey,
                    timeout,
                    hints,
                    attestation,
                    authenticators,
                    backupEligibility);
        }
    }
}
