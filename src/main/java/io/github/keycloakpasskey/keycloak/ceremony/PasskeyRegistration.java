package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.keycloak.credential.ListedPasskeys;
import io.github.keycloakpasskey.keycloak.credential.NotStored;
import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.credential.Replaced;
import io.github.keycloakpasskey.keycloak.credential.StoredRegistration;
import io.github.keycloakpasskey.keycloak.login.ActionLink;
import io.github.keycloakpasskey.keycloak.login.Ceremony;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.ProofLoss;
import io.github.keycloakpasskey.keycloak.login.StandingProof;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RegistrationOptions;
import io.github.keycloakpasskey.webauthn.RegistrationResponse;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.ResponseClaims;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.light.LightweightUserAdapter;

/**
 * The registration ceremony, without a page: options out; JSON in, a judgement out. An accepted passkey is stored.
 *
 * <p>The caller opens no ceremony while there is an {@linkplain #obstacle obstacle}, and writes the events.
 */
public final class PasskeyRegistration {

    private final KeycloakSession session;
    private final LoginState login;
    private final UserModel user;
    private final RegistrationTerms terms;
    private final Challenges challenges;
    private final StandingProof proof;
    private final ActionLink link;
    private final Passkeys passkeys;

    /**
     * The ceremony of one login.
     *
     * @param user the user who gets the passkey
     */
    public PasskeyRegistration(KeycloakSession session, LoginState login, UserModel user, RegistrationTerms terms) {
        this.session = session;
        this.login = login;
        this.user = user;
        this.terms = terms;
        Clock clock = Clock.systemUTC();
        this.challenges = new Challenges(session, login, clock);
        this.proof = new StandingProof(session, login, user, clock);
        this.link = new ActionLink(session, login, clock);
        this.passkeys = Passkeys.of(session);
    }

    /**
     * What keeps the user from creating a passkey now.
     *
     * @param kept the passkeys that the user keeps
     * @param replaced the passkeys that the new one replaces
     */
    public Optional<RegistrationObstacle> obstacle(List<Passkey> kept, List<Passkey> replaced) {
        if (isLinkUsed()) {
            return Optional.of(RegistrationObstacle.LINK_USED);
        }
        Optional<ProofLoss> loss = proofLoss();
        if (loss.isPresent()) {
            return Optional.of(
                    loss.get() == ProofLoss.IMPERSONATED
                            ? RegistrationObstacle.IMPERSONATED
                            : RegistrationObstacle.PROOF_LOST);
        }
        if (LightweightUserAdapter.isLightweightUser(user)) {
            return Optional.of(RegistrationObstacle.TEMPORARY_USER);
        }
        if (new EmailVerification(session.getContext().getRealm(), login, user).comesFirst()) {
            return Optional.of(RegistrationObstacle.EMAIL_NOT_VERIFIED);
        }
        return isFull(kept, replaced) ? Optional.of(RegistrationObstacle.TOO_MANY_PASSKEYS) : Optional.empty();
    }

    /** Whether the user has as many passkeys as the realm allows, and keeps all of them. */
    public boolean isFull(List<Passkey> kept, List<Passkey> replaced) {
        return replaced.isEmpty() && terms.maxPasskeys().stream().anyMatch(max -> kept.size() >= max);
    }

    /**
     * Opens the ceremony: gives the options for the browser, with a challenge that serves one response.
     *
     * @param kept the passkeys that the user keeps; their authenticators are excluded
     * @return refused where no passkey can be created
     */
    public Verdict<RegistrationOptions, RefusalReason> open(List<Passkey> kept) {
        return terms.relyingParty()
                .<RefusalReason>mapRefusal(RefusalReason::of)
                .then(relyingParty -> Verdict.accepted(open(relyingParty, kept)));
    }

    private RegistrationOptions open(RelyingParty relyingParty, List<Passkey> kept) {
        RegistrationOptions options = relyingParty.registrationOptions(passkeys.entity(user), ListedPasskeys.of(kept));
        challenges.open(
                Ceremony.REGISTRATION, options.challenge(), options.policy().timeout());
        return options;
    }

    /** Whether another login has stored a passkey with the link that led here, so that this one cannot. */
    public boolean isLinkUsed() {
        return link.isTakenByAnother();
    }

    /** Why the user must prove their identity again before they create a passkey. */
    public Optional<ProofLoss> proofLoss() {
        return proof.loss();
    }

    /** Closes the ceremony, because the browser reported an error instead of a response. */
    public Judgement<StoredRegistration> abort(KeycloakReason reason) {
        challenges.take(Ceremony.REGISTRATION);
        return Judgement.refused(reason, CeremonyEvidence.NONE);
    }

    /**
     * Closes the ceremony, judges a response, and stores the passkey.
     *
     * @param json a {@code RegistrationResponseJSON}
     * @param name the name for the passkey
     * @param replaced passkeys of the user that are removed once the new one is stored
     */
    public Judgement<StoredRegistration> judge(String json, NewName name, Replaced replaced) {
        Verdict<Challenge, KeycloakReason> challenge = challenges.take(Ceremony.REGISTRATION);
        Optional<ProofLoss> loss = proofLoss();
        if (loss.isPresent()) {
            return Judgement.refused(KeycloakReason.PROOF_LOST, CeremonyEvidence.NONE.losing(loss.get()));
        }
        return RegistrationResponse.parse(json)
                .fold(
                        response -> judge(challenge, response, name, replaced),
                        reason -> Judgement.refused(reason, CeremonyEvidence.NONE));
    }

    private Judgement<StoredRegistration> judge(
            Verdict<Challenge, KeycloakReason> challenge,
            RegistrationResponse response,
            NewName name,
            Replaced replaced) {
        return challenge
                .<RefusalReason>mapRefusal(RefusalReason::of)
                .then(open -> verify(open, response))
                .fold(
                        credential -> store(credential, name, replaced),
                        reason ->
                                Judgement.refused(reason, CeremonyEvidence.NONE.claiming(ResponseClaims.of(response))));
    }

    private Verdict<CredentialRecord, RefusalReason> verify(Challenge open, RegistrationResponse response) {
        return terms.relyingParty().<RefusalReason>mapRefusal(RefusalReason::of).then(relyingParty -> relyingParty
                .verifyRegistration(open, response)
                .mapRefusal(RefusalReason::of));
    }

    private Judgement<StoredRegistration> store(CredentialRecord credential, NewName name, Replaced replaced) {
        CeremonyEvidence evidence =
                CeremonyEvidence.of(credential).reporting(credential.userVerified(), credential.backedUp());
        if (!link.take()) {
            return Judgement.refused(KeycloakReason.LINK_USED, evidence);
        }
        String label = passkeys.label(name.wanted(), credential, name.otherwise());
        return register(credential, label, replaced)
                .fold(
                        stored -> {
                            proof.renew(stored.passkey());
                            return Judgement.accepted(
                                    stored, evidence.labelled(stored.passkey().label()));
                        },
                        reason -> Judgement.refused(reason(reason), evidence));
    }

    /** The link serves another attempt where nothing was stored. */
    private Verdict<StoredRegistration, NotStored> register(
            CredentialRecord credential, String label, Replaced replaced) {
        boolean stored = false;
        try {
            Verdict<StoredRegistration, NotStored> verdict = passkeys.register(
                    user, credential, rpId(), label, terms.maxPasskeys(), replaced, proof.condition());
            stored = verdict.refusal().isEmpty();
            return verdict;
        } finally {
            if (!stored) {
                link.release();
            }
        }
    }

    /** Of a ceremony that was accepted. */
    private String rpId() {
        return terms.relyingParty().fold(relyingParty -> relyingParty.policy().rpId(), reason -> {
            throw new IllegalStateException(reason.code());
        });
    }

    private static RefusalReason reason(NotStored reason) {
        return switch (reason) {
            case ALREADY_REGISTERED -> RefusalReason.of(FailureReason.CREDENTIAL_ALREADY_REGISTERED);
            case TOO_MANY -> RefusalReason.of(KeycloakReason.TOO_MANY_PASSKEYS);
            case USER_GONE -> RefusalReason.of(KeycloakReason.USER_DISABLED);
            case ACTION_DISABLED -> RefusalReason.of(KeycloakReason.REQUIRED_ACTION_DISABLED);
            case PROOF_LOST -> RefusalReason.of(KeycloakReason.PROOF_LOST);
        };
    }

    /**
     * The name for a new passkey.
     *
     * @param wanted what the user entered; may be empty
     * @param otherwise the name for a passkey whose authenticator is not known either
     */
    public record NewName(String wanted, String otherwise) {}
}
