package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.login.FlowKind;
import io.github.keycloakpasskey.keycloak.login.FlowPosition;
import io.github.keycloakpasskey.keycloak.login.IdentityProof;
import io.github.keycloakpasskey.keycloak.login.LoginRequest;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.UserSwitchGuard;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.authentication.AuthenticationFlowCallback;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorPage;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A flow step of this extension, behind the {@link UserSwitchGuard}: before the step is executed and when the flow ends,
 * the guard decides whether all of the login belongs to one user.
 *
 * <p>{@link PasskeyStepFactory} wraps every step, so that steps that must extend Keycloak's forms are covered as well.
 */
sealed class GuardedStep implements AuthenticationFlowCallback {

    private final Authenticator step;
    private final String id;
    private final boolean provesUser;
    private final KeycloakSession session;

    private GuardedStep(Authenticator step, PasskeyStepFactory factory, KeycloakSession session) {
        this.step = step;
        this.id = factory.getId();
        this.provesUser = factory.role().provesUser();
        this.session = session;
    }

    /** The step behind the guard. */
    static GuardedStep of(Authenticator step, PasskeyStepFactory factory, KeycloakSession session) {
        return step instanceof CredentialValidator<?> validator
                ? new OfCredential(step, validator, factory, session)
                : new GuardedStep(step, factory, session);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (provesUser) {
            // Without this, Keycloak calls onTopFlowSuccess only for steps that showed a page or are in a sub-flow.
            AuthenticatorUtil.setAuthCallbacksFactoryIds(context.getAuthenticationSession(), id);
        }
        guard(context, step::authenticate);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        guard(context, step::action);
    }

    private static void guard(AuthenticationFlowContext context, Consumer<AuthenticationFlowContext> execution) {
        FlowPosition position = FlowPosition.of(context);
        UserSwitchGuard guard = UserSwitchGuard.of(context);
        if (guard.requiresRestart(position, IdentityProof.of(context)::hasSession)) {
            restart(context, guard);
            return;
        }
        guard.recordUser(position);
        if (isUnguarded(position, context.getRealm())) {
            refuse(context);
        } else {
            execution.accept(context);
            recordUserOf(context, guard);
        }
    }

    /**
     * Whether the guard would miss the end of the login. After a flow that follows an identity provider, Keycloak calls only
     * enabled required actions.
     */
    private static boolean isUnguarded(FlowPosition position, RealmModel realm) {
        return position.kind() == FlowKind.POST_BROKER_LOGIN && !PasskeySettings.isRegistrationEnabled(realm);
    }

    private static void refuse(AuthenticationFlowContext context) {
        // No other step of the flow may take its place.
        context.setAuthenticationSelections(List.of());
        if (context.getUser() != null) {
            context.getEvent().user(context.getUser());
        }
        Refusal.of(KeycloakReason.LOGIN_NOT_GUARDED).tell(context.getEvent(), context.form());
        context.forceChallenge(context.form().createErrorPage(Response.Status.BAD_REQUEST));
    }

    /** Restarts the flow, with what the app asked for. A user who must repeat a step is told that it has expired. */
    private static void restart(AuthenticationFlowContext context, UserSwitchGuard guard) {
        LoginState login = LoginState.of(context.getAuthenticationSession());
        LoginRequest request = LoginRequest.of(login);
        boolean losesSteps = guard.losesPassedSteps();
        context.resetFlow(() -> {
            request.restore(login);
            if (losesSteps) {
                context.setForwardedInfoMessage(Messages.EXPIRED_ACTION);
            }
        });
    }

    /** A step that succeeded may have made another user the login's user. */
    private static void recordUserOf(AuthenticationFlowContext context, UserSwitchGuard guard) {
        if (context.getStatus() == FlowStatus.SUCCESS) {
            guard.recordUser(FlowPosition.of(context));
        }
    }

    @Override
    public void onParentFlowSuccess(AuthenticationFlowContext context) {
        // The end of the top-level flow decides.
    }

    /**
     * Refuses the end of a flow that may belong to several users. The login forgets all it has passed, and restarts when the
     * page is loaded again. A step that proves nothing has nothing that could count for another user, so it does not judge
     * the end.
     *
     * @throws WebApplicationException on the sign-in page: if its last alternative ended with an exception of Keycloak's
     *     own, the flow would go on
     * @throws AuthenticationFlowException in other flows, whose event Keycloak creates from it
     */
    @Override
    public void onTopFlowSuccess(AuthenticationFlowModel flow) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        FlowPosition position = FlowPosition.atEnd(session, flow);
        boolean isUnguarded = isUnguarded(position, login.getRealm());
        if (!provesUser || !(isUnguarded || UserSwitchGuard.of(session, login).refusesEndOf(position))) {
            return;
        }
        if (position.kind() == FlowKind.SIGN_IN) {
            loginEvent(login)
                    .detail(Details.AUTHENTICATION_ERROR_DETAIL, UserSwitchGuard.USER_CHANGED)
                    .error(Errors.GENERIC_AUTHENTICATION_ERROR);
            LoginRequest.restart(login);
            throw new WebApplicationException(
                    ErrorPage.error(session, login, Response.Status.BAD_REQUEST, Messages.EXPIRED_ACTION));
        }
        LoginRequest.restart(login);
        throw new AuthenticationFlowException(
                AuthenticationFlowError.GENERIC_AUTHENTICATION_ERROR,
                isUnguarded ? KeycloakReason.LOGIN_NOT_GUARDED.code() : UserSwitchGuard.USER_CHANGED,
                Messages.EXPIRED_ACTION);
    }

    private EventBuilder loginEvent(AuthenticationSessionModel login) {
        return new EventBuilder(login.getRealm(), session, session.getContext().getConnection())
                .event(EventType.LOGIN)
                .client(login.getClient())
                .user(login.getAuthenticatedUser())
                .detail(Details.AUTH_METHOD, login.getProtocol())
                .detail(Details.REDIRECT_URI, login.getRedirectUri())
                .detail(Details.CODE_ID, login.getParentSession().getId());
    }

    @Override
    public boolean requiresUser() {
        return step.requiresUser();
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return step.configuredFor(session, realm, user);
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        step.setRequiredActions(session, realm, user);
    }

    @Override
    public List<RequiredActionFactory> getRequiredActions(KeycloakSession session) {
        return step.getRequiredActions(session);
    }

    @Override
    public boolean areRequiredActionsEnabled(KeycloakSession session, RealmModel realm) {
        return step.areRequiredActionsEnabled(session, realm);
    }

    @Override
    public void close() {
        step.close();
    }

    /** A step for which Keycloak's page "Try another way" lists credentials of its type. */
    @SuppressWarnings("rawtypes") // The bound of CredentialValidator is raw.
    static final class OfCredential extends GuardedStep implements CredentialValidator<CredentialProvider> {

        private final CredentialValidator<?> validator;

        private OfCredential(
                Authenticator step,
                CredentialValidator<?> validator,
                PasskeyStepFactory factory,
                KeycloakSession session) {
            super(step, factory, session);
            this.validator = validator;
        }

        @Override
        public CredentialProvider getCredentialProvider(KeycloakSession session) {
            return validator.getCredentialProvider(session);
        }
    }
}
