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
import io.github.keycloakpasskey.keycloak.policy.RealmPolicy;
import io.github.keycloakpasskey.webauthn.AuthenticationExpectation;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.CredentialDescriptor;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.PasswordFormFactory;
import org.keycloak.authentication.authenticators.browser.RecoveryAuthnCodesFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.SpnegoAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordFormFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnPasswordlessAuthenticatorFactory;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.authentication.authenticators.x509.X509ClientCertificateAuthenticatorFactory;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel;

/** One step of a flow in which somebody signs in with a passkey: opens the ceremony, judges its answer. */
final class PasskeySignIn {

    private static final Set<String> PROVING_STEPS = Set.of(
            PasskeyUsernamePasswordFormFactory.ID,
            PasskeyAuthenticatorFactory.ID,
            UsernamePasswordFormFactory.PROVIDER_ID,
            PasswordFormFactory.PROVIDER_ID,
            OTPFormAuthenticatorFactory.PROVIDER_ID,
            RecoveryAuthnCodesFormAuthenticatorFactory.PROVIDER_ID,
            WebAuthnAuthenticatorFactory.PROVIDER_ID,
            WebAuthnPasswordlessAuthenticatorFactory.PROVIDER_ID,
            SpnegoAuthenticatorFactory.PROVIDER_ID,
            X509ClientCertificateAuthenticatorFactory.PROVIDER_ID);

    private final AuthenticationFlowContext context;
    private final Passkeys passkeys;
    private final RealmPolicy policy;

    PasskeySignIn(AuthenticationFlowContext context) {
        this.context = context;
        this.passkeys = Passkeys.of(context.getSession());
        this.policy = RealmPolicy.of(context.getSession());
    }

    /** Whether this login has been through a passkey already, in this step or another. */
    boolean isDone() {
        return AuthenticatorUtil.getAuthnCredentials(context.getAuthenticationSession())
                .contains(PasskeyCredentialModel.TYPE);
    }

    /**
     * Whether an earlier step of this login has proven who is there. Only steps that are known to ask
     * for a proof count, and only where they succeeded: Keycloak's user name form reports a password
     * that it never asked for, and a right password of a disabled account leaves a note behind.
     */
    boolean isIdentityProven() {
        return context.getAuthenticationSession().getExecutionStatus().entrySet().stream()
                .filter(step -> step.getValue() == CommonClientSessionModel.ExecutionStatus.SUCCESS)
                .map(step -> context.getRealm().getAuthenticationExecutionById(step.getKey()))
                .anyMatch(step -> step != null && PROVING_STEPS.contains(step.getAuthenticator()));
    }

    /** Whether the user, if one is known, has a passkey to sign in with. */
    boolean isPossible() {
        return user().map(passkeys::hasAny).orElse(true);
    }

    /**
     * Whether a page with other ways to sign in offers the passkey too: to all who have one, and to whoever
     * has only typed a name, as the page would tell who has none.
     */
    boolean isOffered() {
        boolean known =
                isIdentityProven() || AuthenticatorUtil.isForcedReauthentication(context.getAuthenticationSession());
        return isPossible() || (typedName().isPresent() && !known);
    }

    /** Gives the page that is about to be shown a new ceremony. */
    void open() {
        PasskeyPage.open(
                context.form(),
                context.getAuthenticationSession(),
                policy.relyingParty().authenticationOptions(allowed()),
                !isSomebodyNamed() && policy.offersAutofill());
    }

    /** The passkeys of whoever is named, imaginary ones for who has none; empty asks for any passkey. */
    private List<CredentialDescriptor> allowed() {
        List<CredentialDescriptor> real = user().map(passkeys::descriptors).orElse(List.of());
        return real.isEmpty()
                ? imaginary().stream().map(CredentialRecord::descriptor).toList()
                : real;
    }

    /** Whether this login is about somebody, who may be a name that nobody has. */
    private boolean isSomebodyNamed() {
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
        AuthenticationSessionModel login = context.getAuthenticationSession();
        boolean typedBefore = user().isPresent()
                || Boolean.parseBoolean(login.getAuthNote(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN));
        return Optional.ofNullable(login.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME))
                .filter(name -> typedBefore);
    }

    /** Judges what was posted; whoever it belongs to has signed in where it is accepted. */
    Verdict<Passkey> judge() {
        context.getEvent().detail(Details.CREDENTIAL_TYPE, PasskeyCredentialModel.TYPE);
        typedName().ifPresent(name -> context.getEvent().detail(Details.USERNAME, name));
        Verdict<Challenge> challenge =
                Challenges.take(context.getSession(), context.getAuthenticationSession(), Ceremony.AUTHENTICATION);
        return PasskeyPost.of(context.getHttpRequest().getDecodedFormParameters())
                .answer()
                .then(AuthenticationResponse::parse)
                .then(response -> challenge.then(open -> judge(open, response)));
    }

    private Verdict<Passkey> judge(Challenge challenge, AuthenticationResponse response) {
        return find(challenge, response).then(passkey -> {
            context.getEvent().user(passkey.owner());
            PasskeyEvents.describe(context.getEvent(), passkey.credential());
            PasskeyEvents.name(context.getEvent(), passkey.label());
            SignInAttempt attempt = new SignInAttempt(
                    policy.relyingParty(),
                    challenge,
                    response,
                    user().isPresent(),
                    policy.settings().signCount());
            return passkeys.signIn(passkey, attempt).then(result -> {
                PasskeyEvents.report(context.getEvent(), result.userVerified(), result.backedUp());
                if (result.cloneSuspected()) {
                    PasskeyEvents.suspectClone(context.getEvent());
                }
                return admit(passkey);
            });
        });
    }

    private Verdict<Passkey> find(Challenge challenge, AuthenticationResponse response) {
        Optional<Passkey> passkey = passkeys.find(response.credentialId(), response.userHandle());
        if (passkey.isEmpty()) {
            return refuseUnknown(challenge, response);
        }
        String owner = passkey.get().owner().getId();
        boolean someoneElse = isSomebodyNamed()
                && user().filter(user -> user.getId().equals(owner)).isEmpty();
        return someoneElse ? Verdict.refused(FailureReason.USER_MISMATCH) : Verdict.accepted(passkey.get());
    }

    /** An answer to an imaginary passkey is judged as one to a real passkey is, and fails as that would. */
    private Verdict<Passkey> refuseUnknown(Challenge challenge, AuthenticationResponse response) {
        FailureReason reason = imaginary().stream()
                .filter(imaginary -> imaginary.id().equals(response.credentialId()))
                .map(imaginary -> new AuthenticationExpectation(challenge, imaginary, imaginary.id(), true))
                .findFirst()
                .flatMap(expected -> {
                    PasskeyEvents.imagine(context.getEvent());
                    return policy.relyingParty()
                            .verifyAuthentication(expected, response)
                            .refusal();
                })
                .orElse(FailureReason.CREDENTIAL_UNKNOWN);
        return Verdict.refused(reason);
    }

    /** A disabled or locked account is told of only to whom has proven to be its owner. */
    private Verdict<Passkey> admit(Passkey passkey) {
        UserModel owner = passkey.owner();
        String lock = AuthenticatorUtils.getDisabledByBruteForceEventError(context, owner);
        if (!owner.isEnabled() || Errors.USER_DISABLED.equals(lock)) {
            return Verdict.refused(FailureReason.USER_DISABLED);
        }
        return lock == null ? Verdict.accepted(passkey) : Verdict.refused(FailureReason.USER_TEMPORARILY_LOCKED);
    }

    /** The owner of the passkey goes on; whoever was typed into the page before is forgotten. */
    void succeed(Passkey passkey) {
        if (user().isEmpty()) {
            AuthenticationSessionModel login = context.getAuthenticationSession();
            login.removeAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
            login.removeAuthNote(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN);
        }
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

    private Optional<UserModel> user() {
        return Optional.ofNullable(context.getUser());
    }
}
