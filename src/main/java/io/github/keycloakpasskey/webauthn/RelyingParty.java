package io.github.keycloakpasskey.webauthn;

import java.time.Clock;
import java.util.List;

/**
 * The relying party's side of both ceremonies: it makes the options for the browser and verifies the answers (§7.1, §7.2).
 *
 * <p>It keeps no state. The caller must ensure that a challenge is used once, that the credential id is new in the realm
 * (§7.1 step 26), that the signature counter grew (§7.2 step 22, see {@link Assertion#suggestsClone}), and that the stored
 * record still has the backup eligibility that was verified (step 19, see {@link Assertion#changesBackupEligibility}).
 */
public final class RelyingParty {

    private final RelyingPartyPolicy policy;
    private final Clock clock;

    /** A relying party that uses the system clock. */
    public RelyingParty(RelyingPartyPolicy policy) {
        this(policy, Clock.systemUTC());
    }

    /** @param clock the time at which certificates and timestamps of attestations must be valid */
    public RelyingParty(RelyingPartyPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /** What it requests and accepts. */
    public RelyingPartyPolicy policy() {
        return policy;
    }

    /** The options to create a passkey, with a new challenge. */
    public RegistrationOptions registrationOptions(UserEntity user, List<CredentialDescriptor> excludeCredentials) {
        return new RegistrationOptions(policy, Challenge.random(), user, excludeCredentials);
    }

    /** Verifies a registration (§7.1) and returns the record to be stored. */
    public Verdict<CredentialRecord, FailureReason> verifyRegistration(
            Challenge challenge, RegistrationResponse response) {
        try {
            return Verdict.accepted(new RegistrationCeremony(policy, clock).verify(challenge, response));
        } catch (CeremonyException refusal) {
            return Verdict.refused(refusal.reason());
        }
    }

    /** The options to sign in, with a new challenge; see {@link AuthenticationOptions}. */
    public AuthenticationOptions authenticationOptions(List<CredentialDescriptor> allowCredentials) {
        return new AuthenticationOptions(policy, Challenge.random(), allowCredentials);
    }

    /** Verifies a sign-in (§7.2) against the stored passkey. */
    public Verdict<Assertion, FailureReason> verifyAuthentication(
            AuthenticationExpectation expected, AuthenticationResponse response) {
        try {
            return Verdict.accepted(new AuthenticationCeremony(policy).verify(expected, response));
        } catch (CeremonyException refusal) {
            return Verdict.refused(refusal.reason());
        }
    }
}
