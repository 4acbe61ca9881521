package io.github.keycloakpasskey.keycloak.login;

import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Whether, and by what, it is proven that the login's user is present. */
public final class IdentityProof {

    private final KeycloakSession session;
    private final AuthenticationSessionModel login;
    private final FlowPosition position;
    private final LoginProofs proofs;
    private final UserModel user;

    /** Null until it is looked up: that checks the signed token of a cookie, and counts as a use of the session. */
    private Optional<UserSessionModel> userSession;

    private IdentityProof(AuthenticationFlowContext context) {
        this.session = context.getSession();
        this.login = context.getAuthenticationSession();
        this.position = FlowPosition.of(context);
        this.proofs = new LoginProofs(LoginState.of(login), StepRoles.of(session));
        this.user = context.getUser();
    }

    /** The proof of the login's user; it proves nothing as long as the user is not known. */
    public static IdentityProof of(AuthenticationFlowContext context) {
        return new IdentityProof(context);
    }

    /** Whether it is proven in this login that the user is present. */
    public boolean isProven() {
        return user != null && (proofs.proveUserOf(position) || isProvenByBroker() || isProvenBySession());
    }

    /** Whether the user has a session in this browser, must prove their presence again, and has not done so yet. */
    public boolean mustBeRenewed() {
        return hasSession() && requiresReauthentication() && !isProven();
    }

    /** Whether the user is proven or has a session in this browser. Then nothing needs to be hidden from the user. */
    public boolean isProvenOrHasSession() {
        return hasSession() || isProven();
    }

    /** Whether the user has a session in this browser. */
    public boolean hasSession() {
        return userSession().isPresent();
    }

    /** An identity provider has just authenticated the user, and the flow that follows its login is running. */
    private boolean isProvenByBroker() {
        if (position.kind() != FlowKind.POST_BROKER_LOGIN) {
            return false;
        }
        SerializedBrokeredIdentityContext brokered = SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                login, PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        if (brokered == null) {
            return false;
        }
        FederatedIdentityModel link =
                session.users().getFederatedIdentity(login.getRealm(), user, brokered.getIdentityProviderId());
        return link != null && link.getUserId().equals(brokered.getId());
    }

    /** Single sign-on proves the user where the app does not ask for a new authentication, as in a step-up. */
    private boolean isProvenBySession() {
        return hasSession() && !requiresReauthentication();
    }

    /** Asks what Keycloak's cookie step asks, because a flow may lack that step. */
    private boolean requiresReauthentication() {
        return userSession()
                .filter(found -> session.getProvider(LoginProtocol.class, login.getProtocol())
                        .requireReauthentication(found, login))
                .isPresent();
    }

    private Optional<UserSessionModel> userSession() {
        if (userSession == null) {
            userSession = user == null ? Optional.empty() : sessionOf(user, session);
        }
        return userSession;
    }

    /** The session that the user has in this browser. */
    static Optional<UserSessionModel> sessionOf(UserModel user, KeycloakSession session) {
        AuthenticationManager.AuthResult found = AuthenticationManager.authenticateIdentityCookie(
                session, session.getContext().getRealm(), true);
        return Optional.ofNullable(found)
                .filter(result -> result.getUser().getId().equals(user.getId()))
                .map(AuthenticationManager.AuthResult::getSession);
    }
}
