package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.ceremony.Judgement;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeySignIn;
import io.github.keycloakpasskey.keycloak.ceremony.SignInTerms;
import io.github.keycloakpasskey.keycloak.ceremony.VerifiedPasskey;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.login.CompletedPasskey;
import io.github.keycloakpasskey.keycloak.login.FlowPosition;
import io.github.keycloakpasskey.keycloak.login.IdentityProof;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.LoginSubject;
import io.github.keycloakpasskey.keycloak.login.UserSwitchGuard;
import io.github.keycloakpasskey.keycloak.page.PasskeyPost;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.keycloak.page.SignInAgain;
import io.github.keycloakpasskey.keycloak.page.SignInPage;
import io.github.keycloakpasskey.keycloak.settings.ForeignText;
import io.github.keycloakpasskey.keycloak.settings.Mediation;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.RealmPolicy;
import io.github.keycloakpasskey.keycloak.settings.StepSettings;
import io.github.keycloakpasskey.webauthn.UserVerification;
import io.github.keycloakpasskey.webauthn.Verdict;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.events.Details;
import org.keycloak.models.ModelDuplicateException;

/**
 * What one step of a flow does with passkeys, whichever page it shows: decides whether to offer them, runs the ceremony,
 * and makes the owner of the passkey the login's user.
 */
final class SignInStep {

    /** Why a page is shown. */
    enum Showing {
        /** The flow has just reached the step. */
        FIRST,
        /** Something else than a passkey was posted, and refused. */
        AGAIN,
        /** A passkey was refused. */
        REFUSED
    }

    private final AuthenticationFlowContext context;
    private final LoginState login;
    private final StepSettings settings;
    private final RealmPolicy policy;
    private final Passkeys passkeys;
    private final LoginSubject subject;
    private final IdentityProof proof;
    private final PasskeySignIn ceremony;

    SignInStep(AuthenticationFlowContext context) {
        this.context = context;
        this.login = LoginState.of(context.getAuthenticationSession());
        this.settings = StepSettings.of(context.getRealm(), context.getAuthenticatorConfig());
        this.policy = RealmPolicy.of(context.getSession());
        this.passkeys = Passkeys.of(context.getSession());
        this.subject = LoginSubject.of(context);
        this.proof = IdentityProof.of(context);
        this.ceremony = new PasskeySignIn(context.getSession(), login, subject, SignInTerms.of(policy, settings));
    }

    /**
     * Whether this login has verified a passkey that is enough for this step, in this step or another: a user is asked once.
     * A passkey without user verification is not enough for a step that requires it.
     */
    boolean isDone() {
        boolean requiresVerification = policy.userVerification(settings) == UserVerification.REQUIRED;
        Optional<String> user = Optional.ofNullable(context.getUser()).map(known -> known.getId());
        return login.completedPasskeyOf(user)
                .filter(passkey -> passkey.userVerified() || !requiresVerification)
                .isPresent();
    }

    /** Why passkeys cannot be used at this address; empty if they can. */
    Optional<Refusal> obstacle() {
        return ceremony.obstacle().map(Refusal::of);
    }

    /** Whether a passkey can sign in here: the subject has one, or the login is about no certain user. */
    boolean isPossible() {
        return obstacle().isEmpty() && subjectMayHaveOne();
    }

    private boolean subjectMayHaveOne() {
        return subject.account().map(passkeys::hasAny).orElse(!subject.isNamed());
    }

    /** Whether only a name was entered, so that the page must not reveal whose it is. */
    boolean mustHideAccount() {
        return subject.attemptedName().isPresent() && subject.isNameFromEarlierStep() && !proof.isProvenOrHasSession();
    }

    /**
     * Whether a page with other ways to sign in offers a passkey too: to users who have one, and after a name alone, because
     * the page would reveal which names have none.
     */
    boolean isOffered() {
        return obstacle().isEmpty() && (subjectMayHaveOne() || mustHideAccount());
    }

    /** Whether it is proven that the login's user is present. */
    boolean isProven() {
        return proof.isProven();
    }

    /** Whether the user is signed in here already, and must prove their presence again. */
    boolean mustProveAgain() {
        return proof.mustBeRenewed();
    }

    /**
     * Opens a ceremony for the page that is about to be shown. A page at an address without passkeys goes without.
     *
     * @param field whether the page has a text field in which browsers can offer passkeys
     */
    void open(Showing showing, boolean field) {
        ceremony.open()
                .decide(
                        options -> new SignInPage(options, mediation(showing, field), settings).addTo(context.form()),
                        reason -> {});
    }

    /**
     * The browser asks on its own only once, and in a field only where there is one. After a refusal the field offers
     * nothing: an authenticator that responds without the user would give the same response again and again.
     */
    private Mediation mediation(Showing showing, boolean field) {
        Mediation configured = policy.mediation(settings);
        return switch (configured) {
            case CONDITIONAL -> field && showing != Showing.REFUSED ? configured : Mediation.NONE;
            case OPTIONAL, REQUIRED -> showing == Showing.FIRST ? configured : Mediation.NONE;
            case IMMEDIATE, NONE -> configured;
        };
    }

    /**
     * Whether a page of this step may offer identity providers. For a user whom Keycloak knows, it shows the linked ones,
     * and so would reveal them to anyone who enters the name.
     */
    boolean mayOfferIdentityProviders() {
        return !subject.isNamed() || mustProveAgain();
    }

    /** Whether the page of a passkey alone has a field in which browsers offer passkeys. */
    boolean hasUsernameField() {
        return settings.get(StepSettings.USERNAME_FIELD) && !subject.isNamed();
    }

    /** Whether the page has the checkbox "Remember me": where it is about no certain user. */
    boolean hasRememberMe() {
        return !subject.isNamed();
    }

    /**
     * Judges what was posted, and gives the event its evidence.
     *
     * @return the passkey, if it signs in its owner; else what to tell the user
     */
    Verdict<VerifiedPasskey, Refusal> judge() {
        subject.attemptedName().map(ForeignText::inEvent).ifPresent(name -> context.getEvent()
                .detail(Details.USERNAME, name));
        Judgement<VerifiedPasskey> judgement = judgePost();
        judgement.evidence().reportTo(context.getEvent());
        return judgement.verdict().mapRefusal(reason -> Refusal.of(reason, judgement.evidence()));
    }

    private Judgement<VerifiedPasskey> judgePost() {
        PasskeyPost post = PasskeyPost.of(context.getHttpRequest().getDecodedFormParameters());
        return post.errorAtSignIn().map(ceremony::abort).orElseGet(() -> judge(post.response()));
    }

    private Judgement<VerifiedPasskey> judge(String response) {
        try {
            return ceremony.judge(response);
        } catch (ModelDuplicateException clash) {
            // The credential ID is another user's since a moment ago, and the next attempt takes that into account.
            throw new WebApplicationException(
                    SignInAgain.afterUndoing(context.getSession(), context.getAuthenticationSession()));
        }
    }

    /** Makes the passkey's owner the login's user, whichever name was entered before. The caller ends the step. */
    void accept(VerifiedPasskey verified) {
        if (context.getUser() == null) {
            login.forgetAttemptedName();
        }
        context.setUser(verified.passkey().owner());
        login.complete(new CompletedPasskey(
                verified.passkey().owner().getId(),
                verified.passkey().id(),
                Clock.systemUTC().instant().getEpochSecond(),
                context.getExecution().getId(),
                verified.userVerified(),
                verified.evidence().details()));
        UserSwitchGuard.of(context).recordUser(FlowPosition.of(context));
        AuthenticatorUtil.addAuthCredential(context.getAuthenticationSession(), PasskeyIds.CREDENTIAL_TYPE);
    }

    /**
     * Ends the event with a refusal, and puts its message on the page that is shown again. The caller shows that page as a
     * forced challenge: a failure would count as a wrong password.
     */
    void refuse(Refusal refusal) {
        if (context.getUser() != null) {
            context.getEvent().user(context.getUser());
        }
        refusal.tell(context.getEvent(), context.form());
    }
}
