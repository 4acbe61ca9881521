package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.keycloak.credential.CheckedSignIn;
import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.credential.SignInAttempt;
import io.github.keycloakpasskey.keycloak.credential.SignInResult;
import io.github.keycloakpasskey.keycloak.login.Ceremony;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.LoginSubject;
import io.github.keycloakpasskey.keycloak.login.RealmBrowserFlow;
import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import io.github.keycloakpasskey.webauthn.AuthenticationExpectation;
import io.github.keycloakpasskey.webauthn.AuthenticationOptions;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.CredentialDescriptor;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.ResponseClaims;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.models.KeycloakSession;

/**
 * The sign-in ceremony, without a page: options out; JSON in, a judgement out.
 *
 * <p>It changes the challenge of the login and the record of the passkey, and nothing else. A passkey of a built-in type may
 * become one of this extension. The caller makes the owner of an accepted passkey the login's user, and writes the event.
 */
public final class PasskeySignIn {

    private final KeycloakSession session;
    private final LoginState login;
    private final LoginSubject subject;
    private final SignInTerms terms;
    private final Challenges challenges;
    private final Passkeys passkeys;

    /**
     * The ceremony of one login.
     *
     * @param subject whom the login is about; any passkey of the realm is accepted where it is about nobody in particular
     */
    public PasskeySignIn(KeycloakSession session, LoginState login, LoginSubject subject, SignInTerms terms) {
        this.session = session;
        this.login = login;
        this.subject = subject;
        this.terms = terms;
        this.challenges = new Challenges(session, login, Clock.systemUTC());
        this.passkeys = Passkeys.of(session);
    }

    /** Why no passkey can be used in this login; empty if one can. */
    public Optional<RefusalReason> obstacle() {
        return terms.relyingParty().refusal().map(RefusalReason::of);
    }

    /**
     * Opens the ceremony: gives the options for the browser, with a challenge that serves one response.
     *
     * @return refused if there is an {@linkplain #obstacle obstacle}
     */
    public Verdict<AuthenticationOptions, RefusalReason> open() {
        return terms.relyingParty()
                .<RefusalReason>mapRefusal(RefusalReason::of)
                .then(relyingParty -> Verdict.accepted(open(relyingParty)));
    }

    private AuthenticationOptions open(RelyingParty relyingParty) {
        AuthenticationOptions options = relyingParty.authenticationOptions(allowCredentials());
        challenges.open(
                Ceremony.AUTHENTICATION, options.challenge(), options.policy().timeout());
        return options;
    }

    /** The passkeys of the subject, or decoys where it has none; empty where any passkey is accepted. */
    private List<CredentialDescriptor> allowCredentials() {
        List<CredentialDescriptor> own =
                subject.account().map(passkeys::descriptors).orElse(List.of());
        return own.isEmpty()
                ? decoys().stream().map(CredentialRecord::descriptor).toList()
                : own;
    }

    private List<CredentialRecord> decoys() {
        return subject.name().map(new RealmDecoys(session)::of).orElse(List.of());
    }

    /** Closes the ceremony, because the browser reported an error instead of a response. */
    public Judgement<VerifiedPasskey> abort(KeycloakReason reason) {
        challenges.take(Ceremony.AUTHENTICATION);
        return Judgement.refused(reason, CeremonyEvidence.NONE);
    }

    /**
     * Closes the ceremony, and judges a response.
     *
     * @param json an {@code AuthenticationResponseJSON}
     */
    public Judgement<VerifiedPasskey> judge(String json) {
        Verdict<Challenge, KeycloakReason> challenge = challenges.take(Ceremony.AUTHENTICATION);
        return AuthenticationResponse.parse(json)
                .fold(
                        response -> challenge
                                .then(open -> terms.relyingParty()
                                        .then(relyingParty ->
                                                Verdict.accepted(new Posted(relyingParty, open, response))))
                                .fold(this::judge, reason -> Judgement.refused(reason, claimedBy(response))),
                        reason -> Judgement.refused(reason, CeremonyEvidence.NONE));
    }

    /** A response, and what it is judged by. */
    private record Posted(RelyingParty relyingParty, Challenge challenge, AuthenticationResponse response) {}

    /**
     * Anyone can name a passkey. So before the signature is verified, the reason must not depend on whether the passkey is
     * known, or whose it is.
     */
    private Judgement<VerifiedPasskey> judge(Posted posted) {
        Optional<Passkey> found = passkeys.find(
                posted.response().credentialId(), posted.response().userHandle(), subject.account());
        if (found.isEmpty()) {
            return refuseUnknown(posted);
        }
        Passkey passkey = found.get();
        return subject.isNamed() && !subject.owns(passkey)
                ? Judgement.refused(refusalOfForeign(passkey, posted), claimedBy(posted.response()))
                : judge(passkey, posted);
    }

    private Judgement<VerifiedPasskey> judge(Passkey passkey, Posted posted) {
        CheckedSignIn checked = passkeys.signIn(
                passkey,
                new SignInAttempt(
                        posted.relyingParty(),
                        posted.challenge(),
                        posted.response(),
                        subject.isNamed(),
                        terms.signCountPolicy()));
        CeremonyEvidence evidence = evidence(passkey, checked);
        return checked.verdict()
                .fold(
                        result -> admit(passkey, checked, result, evidence, posted),
                        reason -> Judgement.refused(reason, evidence.claiming(ResponseClaims.of(posted.response()))));
    }

    private static CeremonyEvidence claimedBy(AuthenticationResponse response) {
        return CeremonyEvidence.NONE.claiming(ResponseClaims.of(response));
    }

    private static CeremonyEvidence evidence(Passkey passkey, CheckedSignIn checked) {
        CeremonyEvidence stored = CeremonyEvidence.of(passkey);
        CeremonyEvidence reported = checked.assertion()
                .map(assertion -> stored.reporting(assertion.userVerified(), assertion.backedUp()))
                .orElse(stored);
        CeremonyEvidence counted = checked.isCloneSuspected() ? reported.suspectingClone() : reported;
        return checked.isBackupEligibilityChanged() ? counted.withChangedBackupEligibility() : counted;
    }

    /** That the passkey is another account's is told only to its holder. */
    private FailureReason refusalOfForeign(Passkey passkey, Posted posted) {
        AuthenticationExpectation expected =
                new AuthenticationExpectation(posted.challenge(), passkey.credential(), passkeys.handle(passkey), true);
        return posted.relyingParty()
                .verifyAuthentication(expected, posted.response())
                .refusal()
                .orElse(FailureReason.USER_MISMATCH);
    }

    /** A decoy is judged instead, which takes the same steps and as long. */
    private Judgement<VerifiedPasskey> refuseUnknown(Posted posted) {
        FailureReason ifStored = new RealmDecoys(session)
                .credentials()
                .refusal(posted.relyingParty(), posted.challenge(), posted.response(), subject.isNamed());
        CeremonyEvidence evidence = claimedBy(posted.response()).notStored(ifStored);
        boolean isDecoy = decoys().stream()
                .anyMatch(decoy -> decoy.id().equals(posted.response().credentialId()));
        return Judgement.refused(FailureReason.CREDENTIAL_UNKNOWN, isDecoy ? evidence.namingDecoy() : evidence);
    }

    /** That an account is disabled or locked is told only to the user who has proven to own it. */
    private Judgement<VerifiedPasskey> admit(
            Passkey passkey, CheckedSignIn checked, SignInResult result, CeremonyEvidence verified, Posted posted) {
        AdmissionTerms admission = terms.admission();
        Optional<UUID> model = passkey.credential().aaguid();
        CeremonyEvidence evidence = admission.reports(model) ? verified.ofDeniedModel() : verified;
        return admission
                .refusal(
                        AccountLock.of(passkey.owner(), session),
                        result.userVerified(),
                        login.hasUsedOtherCredentials(),
                        model)
                .map(reason -> Judgement.<VerifiedPasskey>refused(reason, evidence))
                .orElseGet(() -> accept(stored(passkey, checked, result, posted), result.userVerified(), evidence));
    }

    private static Judgement<VerifiedPasskey> accept(Passkey passkey, boolean userVerified, CeremonyEvidence verified) {
        CeremonyEvidence evidence = verified.storedAs(passkey);
        return Judgement.accepted(new VerifiedPasskey(passkey, userVerified, evidence), evidence);
    }

    /** The passkey as it is stored after the sign-in. */
    private Passkey stored(Passkey passkey, CheckedSignIn checked, SignInResult result, Posted posted) {
        return isAdopted(passkey.type(), result)
                ? passkeys.adopt(
                        passkey, checked, posted.relyingParty().policy().rpId())
                : passkey;
    }

    /**
     * A second factor becomes a passkey only if it has shown that it can verify its user. Nothing is adopted where the realm
     * still has another flow, and only some clients have one with our steps: users sign in on both pages.
     */
    private boolean isAdopted(PasskeyType type, SignInResult result) {
        return type.isBuiltIn()
                && (type == PasskeyType.BUILT_IN || result.userVerified())
                && new RealmBrowserFlow(session).hasPasskeyStep();
    }
}
