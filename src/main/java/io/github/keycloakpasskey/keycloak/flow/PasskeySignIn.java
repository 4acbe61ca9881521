package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.ceremony.Ceremony;
import io.github.keycloakpasskey.keycloak.ceremony.Challenges;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyEvents;
import io.github.keycloakpasskey.keycloak.ceremony.RealmDecoys;
import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.credential.SignInAttempt;
import io.github.keycloakpasskey.keycloak.credential.SignInResult;
import io.github.keycloakpasskey.keycloak.login.AttemptedUsername;
import io.github.keycloakpasskey.keycloak.login.CompletedPasskey;
import io.github.keycloakpasskey.keycloak.login.IdentityProof;
import io.github.keycloakpasskey.keycloak.login.LoginSubject;
import io.github.keycloakpasskey.keycloak.login.UserSwitchGuard;
import io.github.keycloakpasskey.keycloak.page.PasskeyPost;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.keycloak.page.SignInPage;
import io.github.keycloakpasskey.keycloak.settings.Mediation;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import io.github.keycloakpasskey.keycloak.settings.RealmPolicy;
import io.github.keycloakpasskey.keycloak.settings.StepSettings;
import io.github.keycloakpasskey.webauthn.AuthenticationExpectation;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.UserVerification;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** One step of a flow in which somebody signs in with a passkey: opens the ceremony, judges its answer. */
final class PasskeySignIn {

    /** Why a page is shown. */
    enum Showing {
        /** Its step has just been reached. */
        FIRST,
        /** Something else than a passkey was posted, and did not do. */
        AGAIN,
        /** A passkey was refused. */
        REFUSED
    }

    private final AuthenticationFlowContext context;
    private final AuthenticationSessionModel login;
    private final StepSettings step;
    private final RealmPolicy policy;
    private final RelyingParty relyingParty;
    private final Passkeys passkeys;
    private final LoginSubject named;
    private final Optional<IdentityProof> identity;

    PasskeySignIn(AuthenticationFlowContext context) {
        this.context = context;
        this.login = context.getAuthenticationSession();
        this.step = StepSettings.of(context.getRealm(), context.getAuthenticatorConfig());
        this.policy = RealmPolicy.of(context.getSession());
        this.relyingParty = policy.relyingParty(step);
        this.passkeys = Passkeys.of(context.getSession());
        this.named = new LoginSubject(context);
        this.identity = IdentityProof.of(context);
    }

    /**
     * Whether this login has been through a passkey that is enough for this step, in this step or another: people are
     * asked once. A passkey that did not verify its user is not enough for a step that demands it.
     */
    boolean isDone() {
        boolean demanded = policy.userVerification(step) == UserVerification.REQUIRED;
        return CompletedPasskey.in(login, context.getUser())
                .filter(used -> used.userVerified() || !demanded)
                .isPresent();
    }

    /** Whether whoever is named has a passkey to sign in with; anybody may have, where nobody is named. */
    boolean isPossible() {
        return named.account().map(passkeys::hasAny).orElse(!named.isThere());
    }

    /** Whether there is a name, and no more: what follows must not tell whose it is. */
    boolean isNameAlone() {
        return named.typed().isPresent()
                && named.isHidden()
                && identity.filter(IdentityProof::isKnownHere).isEmpty();
    }

    /**
     * Whether a page with other ways to sign in offers the passkey too: to all who have one, and to whoever has only
     * typed a name, as the page would tell who has none.
     */
    boolean isOffered() {
        return isPossible() || isNameAlone();
    }

    /** Whether whoever is here has shown to be the user. */
    boolean isProven() {
        return identity.filter(IdentityProof::isProven).isPresent();
    }

    /** Whether the user is signed in here already, and has to show again that it is them. */
    boolean isToBeProvenAgain() {
        return identity.filter(IdentityProof::isToBeProvenAgain).isPresent();
    }

    /**
     * Gives the page that is about to be shown a new ceremony.
     *
     * @param field whether the page has a text field for browsers to offer passkeys in
     */
    void open(Showing showing, boolean field) {
        SignInPage.open(
                context.form(),
                login,
                relyingParty.authenticationOptions(named.passkeys()),
                mediation(showing, field),
                step);
    }

    /**
     * Nobody is asked a second time without their doing, and nobody in a field that is not there. After a refusal the
     * field offers nothing: an authenticator that answers by itself would answer the same again, without end.
     */
    private Mediation mediation(Showing showing, boolean field) {
        Mediation set = policy.mediation(step);
        return switch (set) {
            case CONDITIONAL -> field && showing != Showing.REFUSED ? set : Mediation.NONE;
            case OPTIONAL, REQUIRED -> showing == Showing.FIRST ? set : Mediation.NONE;
            case IMMEDIATE, NONE -> set;
        };
    }

    /**
     * Whether a page of this step may offer identity providers. For a user whom Keycloak knows it shows the linked
     * ones, and so would tell of them to whoever has typed a name.
     */
    boolean mayOfferIdentityProviders() {
        return !named.isThere() || isToBeProvenAgain();
    }

    /** Whether the page of a passkey alone has a field for the user name. */
    boolean hasUsernameField() {
        return step.get(StepSettings.USERNAME_FIELD) && !named.isThere();
    }

    /** Whether a page has a box that asks to be remembered: where nobody is named, it is for whoever signs in. */
    boolean asksToRemember() {
        return !named.isThere();
    }

    /** Judges what was posted; whoever it belongs to has signed in where it is accepted. */
    Verdict<Passkey> judge() {
        context.getEvent().detail(Details.CREDENTIAL_TYPE, PasskeyIds.CREDENTIAL_TYPE);
        named.typed().ifPresent(name -> context.getEvent().detail(Details.USERNAME, name));
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
        boolean isForeign = named.isThere() && !named.owns(passkey.get());
        return isForeign
                ? Verdict.refused(refusalOfForeign(passkey.get(), challenge, response))
                : judge(passkey.get(), challenge, response);
    }

    private Verdict<Passkey> judge(Passkey passkey, Challenge challenge, AuthenticationResponse response) {
        describe(passkey);
        SignInAttempt attempt = new SignInAttempt(
                relyingParty,
                challenge,
                response,
                named.isThere(),
                policy.settings().get(PasskeySettings.SIGN_COUNT),
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

    /** Only who holds the passkey is told that it is another account's. */
    private FailureReason refusalOfForeign(Passkey passkey, Challenge challenge, AuthenticationResponse response) {
        AuthenticationExpectation expected =
                new AuthenticationExpectation(challenge, passkey.credential(), passkeys.handle(passkey), true);
        return relyingParty.verifyAuthentication(expected, response).refusal().orElse(FailureReason.USER_MISMATCH);
    }

    /** The event says that it is unknown, unless something else is wrong that the person is told of. */
    private FailureReason refusalOfUnknown(Challenge challenge, AuthenticationResponse response) {
        if (named.isAskedForImaginary(response.credentialId())) {
            PasskeyEvents.imagine(context.getEvent());
        }
        Refusal unknown = Refusal.of(FailureReason.CREDENTIAL_UNKNOWN);
        FailureReason judged = new RealmDecoys(context.getSession())
                .imaginary()
                .refusal(relyingParty, challenge, response, named.isThere());
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
        CompletedPasskey.of(owner, context.getExecution().getId(), result.userVerified(), context.getEvent())
                .keepIn(login);
        return Verdict.accepted(passkey);
    }

    /** The owner of the passkey goes on, whoever was typed before; how the step ends is for its caller to say. */
    void accept(Passkey passkey) {
        if (context.getUser() == null) {
            AttemptedUsername.forget(login);
        }
        context.setUser(passkey.owner());
        UserSwitchGuard.meet(context);
        AuthenticatorUtil.addAuthCredential(login, PasskeyIds.CREDENTIAL_TYPE);
    }

    /**
     * Records a refusal and puts its message on the page that is shown again. The page goes out as a
     * forced challenge and not as a failure, which would count as a wrong password.
     */
    void refuse(FailureReason reason) {
        if (context.getUser() != null) {
            context.getEvent().user(context.getUser());
        }
        Refusal.of(reason).tell(context.getEvent(), context.form());
    }
}
