package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.flow.PasskeyAuthenticatorFactory;
import io.github.keycloakpasskey.keycloak.flow.PasskeyUsernamePasswordFormFactory;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.IdpEmailVerificationAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.PasswordFormFactory;
import org.keycloak.authentication.authenticators.browser.RecoveryAuthnCodesFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.SpnegoAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordFormFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnPasswordlessAuthenticatorFactory;
import org.keycloak.authentication.authenticators.x509.X509ClientCertificateAuthenticatorFactory;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a login knows of its user besides the name: whether, and by what, it is proven that they are there. */
public final class IdentityProof {

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
    private final AuthenticationSessionModel login;
    private final UserModel user;

    /** Not looked for yet where null: its cookie is a signed token, and looking at it is a use of the session. */
    private Optional<UserSessionModel> session;

    private IdentityProof(AuthenticationFlowContext context, UserModel user) {
        this.context = context;
        this.login = context.getAuthenticationSession();
        this.user = user;
    }

    /** Empty where nobody is known yet. */
    public static Optional<IdentityProof> of(AuthenticationFlowContext context) {
        return Optional.ofNullable(context.getUser()).map(user -> new IdentityProof(context, user));
    }

    /** Whether any step has asked for a proof in this tab, and got one. */
    public static boolean isAnyProofIn(AuthenticationSessionModel login) {
        return UserSwitchGuard.passed(login).anyMatch(step -> PROVING_STEPS.contains(step.getAuthenticator()));
    }

    /** Whether it is proven that the user is there. A name that somebody typed proves nothing. */
    public boolean isProven() {
        return CompletedPasskey.in(login, user).isPresent()
                || isProvenByAnEarlierStep()
                || isProvenByAnEmail()
                || isProvenByABroker()
                || isSignedInAlready();
    }

    /** Whether the user has a session in this browser, and has to show once more that it is them, and has not yet. */
    public boolean isToBeProvenAgain() {
        return hasSession() && isForcedToSignInAgain() && !isProven();
    }

    /** Whether it is proven, or this browser has a session of the user's: nothing of them is to be kept from it. */
    public boolean isKnownHere() {
        return hasSession() || isProven();
    }

    /** Whether the user has a session in this browser. */
    public boolean hasSession() {
        return session().isPresent();
    }

    /**
     * Only steps that are known to ask for a proof count, and only where they succeeded: Keycloak's user name form
     * reports a password that it never asked for, and a right password of a disabled account leaves a note behind.
     * And only steps of this flow: those of another one, before a sign-in through others, may have been somebody else's.
     */
    private boolean isProvenByAnEarlierStep() {
        return UserSwitchGuard.passed(login)
                .filter(step -> PROVING_STEPS.contains(step.getAuthenticator()))
                .anyMatch(step -> UserSwitchGuard.isOf(context.getTopLevelFlow(), step, context.getRealm()));
    }

    /**
     * Only where the e-mail was sent to let its reader in, or to have them say that an account is theirs that others are
     * to be linked to: further ones are sent to have something else done.
     */
    private boolean isProvenByAnEmail() {
        boolean letsIn = LoginActionsService.RESET_CREDENTIALS_PATH.equals(context.getFlowPath());
        boolean links = LoginActionsService.FIRST_BROKER_LOGIN_PATH.equals(context.getFlowPath())
                && login.getAuthNote(IdpEmailVerificationAuthenticator.VERIFY_ACCOUNT_IDP_USERNAME) != null;
        return (letsIn || links) && ActionLink.leadTo(login, user);
    }

    /** An identity provider has just said that it is the user: the flow is the one that follows its login. */
    private boolean isProvenByABroker() {
        SerializedBrokeredIdentityContext brokered = SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                login, PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        if (brokered == null || !LoginActionsService.POST_BROKER_LOGIN_PATH.equals(context.getFlowPath())) {
            return false;
        }
        FederatedIdentityModel link = context.getSession()
                .users()
                .getFederatedIdentity(context.getRealm(), user, brokered.getIdentityProviderId());
        return link != null && link.getUserId().equals(brokered.getId());
    }

    /** Single sign-on is enough of a proof where the app does not ask for a new one: a step-up. */
    private boolean isSignedInAlready() {
        return hasSession() && !isForcedToSignInAgain();
    }

    /** As the cookie step asks; a flow need not have it. */
    private boolean isForcedToSignInAgain() {
        return session()
                .filter(found -> context.getSession()
                        .getProvider(LoginProtocol.class, login.getProtocol())
                        .requireReauthentication(found, login))
                .isPresent();
    }

    private Optional<UserSessionModel> session() {
        if (session == null) {
            session = findSession();
        }
        return session;
    }

    private Optional<UserSessionModel> findSession() {
        AuthenticationManager.AuthResult found =
                AuthenticationManager.authenticateIdentityCookie(context.getSession(), context.getRealm(), true);
        return Optional.ofNullable(found)
                .filter(result -> result.getUser().getId().equals(user.getId()))
                .map(AuthenticationManager.AuthResult::getSession);
    }
}
