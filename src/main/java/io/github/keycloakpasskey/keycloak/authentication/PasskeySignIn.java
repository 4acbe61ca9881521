package io.github.keycloakpasskey.keycloak.authentication;

import io.github.keycloakpasskey.keycloak.ceremony.Ceremony;
import io.github.keycloakpasskey.keycloak.ceremony.Challenges;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyEvents;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyPage;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyPost;
import io.github.keycloakpasskey.keycloak.ceremony.Refusal;
import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.PasskeyCredentialModel;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.credential.SignInAttempt;
import io.github.keycloakpasskey.keycloak.credential.SignInResult;
import io.github.keycloakpasskey.keycloak.policy.RealmPolicy;
import io.github.keycloakpasskey.keycloak.policy.StepSettings;
import io.github.keycloakpasskey.webauthn.AuthenticationExpectation;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.CredentialDescriptor;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.Mediation;
import io.github.keycloakpasskey.webauthn.UserVerification;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** One step of a flow in which somebody signs in with a passkey: opens the ceremony, judges its answer. */
final class PasskeySignIn {

    private final AuthenticationFlowContext context;
    private final AuthenticationSessionModel login;
    private final Passkeys passkeys;
    private final RealmPolicy policy;
    private final StepSettings step;

    PasskeySignIn(AuthenticationFlowContext context) {
        this.context = context;
        this.login = context.getAuthenticationSession();
        this.step = StepSettings.of(context.getAuthenticatorConfig());
        this.passkeys = Passkeys.of(context.getSession());
        this.policy = RealmPolicy.of(context.getSession());
    }

    /**
     * Whether this login has been through a passkey that is enough for this step, in this step or another: people are
     * asked once. A passkey that did not verify its user is not enough for a step that demands it.
     */
    boolean isDone() {
        boolean demanded = policy.userVerification(step) == UserVerification.REQUIRED;
        return UsedPasskey.of(login, context.getUser())
                .filter(used -> used.userVerified() || !demanded)
                .isPresent();
    }

    /** Whether whoever is named has a passkey to sign in with; anybody may have, where nobody is named. */
    boolean isPossible() {
        return named().map(passkeys::hasAny).orElse(!isSomebodyNamed());
    }

    /** Whether there is a name, and no more: what follows must not tell whose it is. */
    boolean isNameAlone() {
        return typedName().isPresent()
                && isNameHidden()
                && Identity.of(context).filter(Identity::isKnownHere).isEmpty();
    }

    /**
     * Whether a page with other ways to sign in offers the passkey too: to all who have one, and to whoever has only
     * typed a name, as the page would tell who has none.
     */
    boolean isOffered() {
        return isPossible() || isNameAlone();
    }

    /** Whether a step before has asked for the name, on a page of its own. */
    private boolean isNameHidden() {
        return Boolean.parseBoolean(login.getAuthNote(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN));
    }

    /**
     * Gives the page that is about to be shown a new ceremony.
     *
     * @param field whether the page has a text field for browsers to offer passkeys in
     */
    void open(boolean field) {
        open(mediation(field, policy.mediation(step)));
    }

    /** As {@link #open}, for a page that is shown again: nobody is asked a second time without their doing. */
    void openAgain(boolean field) {
        Mediation mediation = policy.mediation(step);
        boolean asksAtOnce = mediation == Mediation.OPTIONAL || mediation == Mediation.REQUIRED;
        open(asksAtOnce ? Mediation.NONE : mediation(field, mediation));
    }

    private static Mediation mediation(boolean field, Mediation set) {
        return set == Mediation.CONDITIONAL && !field ? Mediation.NONE : set;
    }

    private void open(Mediation mediation) {
        PasskeyPage.open(
                context.form(), login, policy.relyingParty(step).authenticationOptions(allowed()), mediation, step);
    }

    /**
     * Whether a page of this step may offer identity providers. For a user whom Keycloak knows it shows the linked
     * ones, and so would tell of them to whoever has typed a name.
     */
    boolean mayOfferIdentityProviders() {
        return !isSomebodyNamed()
                || Identity.of(context).filter(Identity::isToBeProvenAgain).isPresent();
    }

    /** Whether a page that is a passkey alone has a field for the user name. */
    boolean hasUsernameField() {
        return step.usernameField() && !isSomebodyNamed();
    }

    /** The passkeys of whoever is named, imaginary ones for who has none; empty asks for any passkey. */
    private List<CredentialDescriptor> allowed() {
        List<CredentialDescriptor> real = named().map(passkeys::descriptors).orElse(List.of());
        return real.isEmpty()
                ? imaginary().stream().map(CredentialRecord::descriptor).toList()
                : real;
    }

    /** Whether this login is about somebody, who may be a name that nobody has. */
    boolean isSomebodyNamed() {
        return user().isPresent() || typedName().isPresent();
    }

    private List<CredentialRecord> imaginary() {
        return typedName()
                .or(() -> user().map(UserModel::getUsername))
                .map(new Imagination(context.getSession())::passkeys)
                .orElse(List.of());
    }

    /** What was typed in an earlier step that asks for the name alone. */
    private Optional<String> typedName() {
        boolean typedBefore = user().isPresent() || isNameHidden();
        return Optional.ofNullable(login.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME))
                .filter(name -> typedBefore);
    }

    /** Judges what was posted; whoever it belongs to has signed in where it is accepted. */
    Verdict<Passkey> judge() {
        context.getEvent().detail(Details.CREDENTIAL_TYPE, PasskeyCredentialModel.TYPE);
        typedName().ifPresent(name -> context.getEvent().detail(Details.USERNAME, name));
        Verdict<Challenge> challenge = Challenges.take(context.getSession(), login, Ceremony.AUTHENTICATION);
        return PasskeyPost.of(context.getHttpRequest().getDecodedFormParameters())
                .answer()
                .then(AuthenticationResponse::parse)
                .then(response -> challenge.then(open -> judge(open, response)));
    }

    /**
     * What a person is told must not depend on whether the passkey is known, or whose it is, before its signature is
     * verified: anybody can name one.
     */
    private Verdict<Passkey> judge(Challenge challenge, AuthenticationResponse response) {
        Optional<Passkey> passkey = passkeys.find(response.credentialId(), response.userHandle());
        if (passkey.isEmpty()) {
            return Verdict.refused(refusalOfUnknown(challenge, response));
        }
        return isOwnedBySomeoneElse(passkey.get())
                ? Verdict.refused(refusalOfForeign(passkey.get(), challenge, response))
                : judge(passkey.get(), challenge, response);
    }

    private Verdict<Passkey> judge(Passkey passkey, Challenge challenge, AuthenticationResponse response) {
        describe(passkey);
        SignInAttempt attempt = new SignInAttempt(
                policy.relyingParty(step),
                challenge,
                response,
                isSomebodyNamed(),
                policy.settings().signCount(),
                assertion -> PasskeyEvents.report(context.getEvent(), assertion.userVerified(), assertion.backedUp()));
        return passkeys.signIn(passkey, attempt).then(result -> {
            if (result.cloneSuspected()) {
                PasskeyEvents.suspectClone(context.getEvent());
            }
            return admit(passkey, result);
        });
    }

    private void describe(Passkey passkey) {
        context.getEvent().user(passkey.owner());
        PasskeyEvents.describe(context.getEvent(), passkey.credential());
        PasskeyEvents.name(context.getEvent(), passkey.label());
        // Until its signature is verified, an answer has verified nobody.
        PasskeyEvents.report(context.getEvent(), false, passkey.credential().backedUp());
    }

    private boolean isOwnedBySomeoneElse(Passkey passkey) {
        return isSomebodyNamed()
                && named().map(UserModel::getId)
                        .filter(passkey.owner().getId()::equals)
                        .isEmpty();
    }

    /** Only who holds the passkey is told that it is another account's. */
    private FailureReason refusalOfForeign(Passkey passkey, Challenge challenge, AuthenticationResponse response) {
        AuthenticationExpectation expected =
                new AuthenticationExpectation(challenge, passkey.credential(), passkeys.handle(passkey), true);
        return policy.relyingParty(step)
                .verifyAuthentication(expected, response)
                .refusal()
                .orElse(FailureReason.USER_MISMATCH);
    }

    /** The event says that it is unknown, unless something else is wrong that the person is told of. */
    private FailureReason refusalOfUnknown(Challenge challenge, AuthenticationResponse response) {
        if (imaginary().stream().anyMatch(imaginary -> imaginary.id().equals(response.credentialId()))) {
            PasskeyEvents.imagine(context.getEvent());
        }
        Refusal unknown = Refusal.of(FailureReason.CREDENTIAL_UNKNOWN);
        FailureReason judged = new Imagination(context.getSession())
                .imaginary()
                .refusal(policy.relyingParty(step), challenge, response, isSomebodyNamed());
        return Refusal.of(judged).messageKey().equals(unknown.messageKey()) ? unknown.reason() : judged;
    }

    /** A disabled or locked account is told of only to whom has proven to be its owner. */
    private Verdict<Passkey> admit(Passkey passkey, SignInResult result) {
        UserModel owner = passkey.owner();
        String lock = AuthenticatorUtils.getDisabledByBruteForceEventError(context, owner);
        if (!owner.isEnabled() || Errors.USER_DISABLED.equals(lock)) {
            return Verdict.refused(FailureReason.USER_DISABLED);
        }
        if (lock != null) {
            return Verdict.refused(FailureReason.USER_TEMPORARILY_LOCKED);
        }
        new UsedPasskey(result.userVerified()).keep(login, owner);
        return Verdict.accepted(passkey);
    }

    /** The owner of the passkey goes on; whoever was typed into the page before is forgotten. */
    void succeed(Passkey passkey) {
        if (user().isEmpty()) {
            login.removeAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
            login.removeAuthNote(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN);
        }
        PasskeyEvents.keep(context.getEvent(), login, passkey.owner());
        context.setUser(passkey.owner());
        context.success(PasskeyCredentialModel.TYPE);
    }

    /**
     * Records a refusal and puts its message on the page that is shown again. The page goes out as a
     * forced challenge and not as a failure, which would count as a wrong password.
     */
    void refuse(FailureReason reason) {
        Refusal.of(reason).tell(context.getEvent(), context.form());
    }

    /** Who is named: the user of this login, or one who is kept out of it for now. */
    private Optional<UserModel> named() {
        return user().or(() -> PasskeyUsernameForm.keptOut(context));
    }

    private Optional<UserModel> user() {
        return Optional.ofNullable(context.getUser());
    }
}
