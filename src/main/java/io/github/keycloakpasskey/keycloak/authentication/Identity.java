package io.github.keycloakpasskey.keycloak.authentication;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.authenticators.access.AllowAccessAuthenticatorFactory;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.PasswordFormFactory;
import org.keycloak.authentication.authenticators.browser.RecoveryAuthnCodesFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.SpnegoAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.UsernameFormFactory;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordFormFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnPasswordlessAuthenticatorFactory;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialChooseUser;
import org.keycloak.authentication.authenticators.x509.X509ClientCertificateAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel;

/** What a login knows of its user besides the name: whether, and by what, it is proven that they are there. */
final class Identity {

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

    /** Steps that succeed without having asked for anything but a name. */
    private static final Set<String> ASKING_NOTHING = Set.of(
            PasskeyUsernameFormFactory.ID,
            UsernameFormFactory.PROVIDER_ID,
            AllowAccessAuthenticatorFactory.PROVIDER_ID);

    private final AuthenticationFlowContext context;
    private final AuthenticationSessionModel login;
    private final UserModel user;

    private Identity(AuthenticationFlowContext context, UserModel user) {
        this.context = context;
        this.login = context.getAuthenticationSession();
        this.user = user;
    }

    /** Empty where nobody is known yet. */
    static Optional<Identity> of(AuthenticationFlowContext context) {
        return Optional.ofNullable(context.getUser()).map(user -> new Identity(context, user));
    }

    /**
     * Whether the user of this login was chosen on the page for forgotten passwords, by anybody, and has not opened the
     * link that was sent. Keycloak leaves the user behind in the tab where it was asked for; all that came before may
     * have been somebody else's.
     */
    static boolean isLeftBehind(AuthenticationFlowContext context) {
        String chosen =
                context.getAuthenticationSession().getAuthNote(ResetCredentialChooseUser.RESET_CREDENTIAL_USER_CHOSEN);
        return Boolean.parseBoolean(chosen)
                && of(context).filter(Identity::isProvenByAnActionToken).isEmpty();
    }

    /** Whether a step of this login has succeeded that asked for more than a name. */
    static boolean isAnythingAsked(AuthenticationSessionModel login) {
        return succeeded(login)
                .anyMatch(step -> !step.isAuthenticatorFlow() && !ASKING_NOTHING.contains(step.getAuthenticator()));
    }

    private static Stream<AuthenticationExecutionModel> succeeded(AuthenticationSessionModel login) {
        return login.getExecutionStatus().entrySet().stream()
                .filter(step -> step.getValue() == CommonClientSessionModel.ExecutionStatus.SUCCESS)
                .map(step -> login.getRealm().getAuthenticationExecutionById(step.getKey()))
                .filter(Objects::nonNull);
    }

    /** Whether it is proven that the user is there. A name that somebody typed proves nothing. */
    boolean isProven() {
        return UsedPasskey.of(login, user).isPresent()
                || isProvenByAnEarlierStep()
                || isProvenByAnActionToken()
                || isProvenByABroker()
                || isSignedInAlready();
    }

    /** Whether the user has a session in this browser, and has to show once more that it is them, and has not yet. */
    boolean isToBeProvenAgain() {
        return AuthenticatorUtil.isForcedReauthentication(login) && hasSession() && !isProven();
    }

    /** Whether it is proven, or this browser has a session of the user's: nothing of them is to be kept from it. */
    boolean isKnownHere() {
        return hasSession() || isProven();
    }

    /**
     * Only steps that are known to ask for a proof count, and only where they succeeded: Keycloak's user name form
     * reports a password that it never asked for, and a right password of a disabled account leaves a note behind.
     * And only steps of this flow: those of another one, before a sign-in through others, may have been somebody else's.
     */
    private boolean isProvenByAnEarlierStep() {
        return !isLeftBehind(context)
                && succeeded(login)
                        .filter(step -> !step.isAuthenticatorFlow())
                        .filter(step -> PROVING_STEPS.contains(step.getAuthenticator()))
                        .anyMatch(this::isOfThisFlow);
    }

    private boolean isOfThisFlow(AuthenticationExecutionModel step) {
        return AuthenticatorUtil.getTopParentFlow(context.getRealm(), step)
                .getId()
                .equals(context.getTopLevelFlow().getId());
    }

    /** Somebody has opened a link that was sent to the user. */
    private boolean isProvenByAnActionToken() {
        return user.getId().equals(login.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID));
    }

    /** An identity provider has just said that it is the user: the flow is one of those that follow its login. */
    private boolean isProvenByABroker() {
        SerializedBrokeredIdentityContext brokered = SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                login, PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        if (brokered == null) {
            return false;
        }
        FederatedIdentityModel link = context.getSession()
                .users()
                .getFederatedIdentity(context.getRealm(), user, brokered.getIdentityProviderId());
        return link != null && link.getUserId().equals(brokered.getId());
    }

    /** Single sign-on is enough of a proof where the app does not ask for a new one: a step-up. */
    private boolean isSignedInAlready() {
        return !AuthenticatorUtil.isForcedReauthentication(login) && hasSession();
    }

    private boolean hasSession() {
        AuthenticationManager.AuthResult session =
                AuthenticationManager.authenticateIdentityCookie(context.getSession(), context.getRealm(), true);
        return session != null && session.user().getId().equals(user.getId());
    }
}
