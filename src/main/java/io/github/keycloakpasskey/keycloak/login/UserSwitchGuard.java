package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.login.StepRole.Proof;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Decides whether all of a login belongs to one user.
 *
 * <p>A browser tab can get another user: a user who opens the page for forgotten passwords, or who signs in through an
 * identity provider and stops halfway, makes Keycloak replace or forget the tab's user, but Keycloak keeps the steps that
 * another user has passed. The guard answers from the state of the login alone; {@code GuardedStep} acts on it.
 */
public final class UserSwitchGuard {

    /** What events say of a login that is refused because its user changed. */
    public static final String USER_CHANGED = "The user of this login changed on the way";

    private final LoginState login;
    private final StepRoles roles;
    private final LoginProofs proofs;

    public UserSwitchGuard(LoginState login, StepRoles roles) {
        this.login = login;
        this.roles = roles;
        this.proofs = new LoginProofs(login, roles);
    }

    /** The guard of the login to which this step belongs. */
    public static UserSwitchGuard of(AuthenticationFlowContext context) {
        return of(context.getSession(), context.getAuthenticationSession());
    }

    /** The guard of this login. */
    public static UserSwitchGuard of(KeycloakSession session, AuthenticationSessionModel login) {
        return new UserSwitchGuard(LoginState.of(login), StepRoles.of(session));
    }

    /**
     * Whether the login must restart before a step is executed, because steps that it passed may be another user's.
     *
     * @param userHasSession whether the login's user has a session in this browser; asked only where it matters
     */
    public boolean requiresRestart(FlowPosition position, BooleanSupplier userHasSession) {
        return isSignInOfAnother(position)
                || (position.user().isEmpty() && proofs.areThereAny())
                || (login.isSingleSignOn() && !isRecoveryByLink(position) && !userHasSession.getAsBoolean());
    }

    /** The link of the recovery e-mail proves the user, whichever session the tab began with. */
    private boolean isRecoveryByLink(FlowPosition position) {
        return position.kind() == FlowKind.RESET_CREDENTIALS
                && position.user().filter(login::isByRecoveryLinkOf).isPresent();
    }

    /** Flows other than the sign-in page may follow another flow of the same tab. */
    private boolean isSignInOfAnother(FlowPosition position) {
        return position.kind() == FlowKind.SIGN_IN
                && (hasLeft(position) || login.usersSeenIn(position).hasOtherThan(position.user()));
    }

    /**
     * Whether the tab has executed steps of another flow, or is about to continue after an identity provider: Keycloak has
     * set the provider's user by then, and no step shows it.
     */
    private boolean hasLeft(FlowPosition position) {
        return login.isBeforeEndOfPostBrokerLogin()
                || login.steps().anyMatch(step -> !step.flow().equals(position.flow()));
    }

    /** Whether a restart makes the user repeat a step, so that the page should say why. */
    public boolean losesPassedSteps() {
        return login.passedSteps().findAny().isPresent();
    }

    /** Records the login's user in the running flow, if the user is known by now. */
    public void recordUser(FlowPosition position) {
        login.see(position);
    }

    /** Forgets the users of the running flow, unless a step has proved that one was present. */
    public void forgetUnprovenUsers(FlowPosition position) {
        if (!proofs.areThereAny()) {
            login.forgetUsersSeenIn(position);
        }
    }

    /**
     * Whether a flow must not end with this user: after the last step of this extension, other steps may have been
     * executed for another user.
     */
    public boolean refusesEndOf(FlowPosition position) {
        return isOfAnother(position) || (position.kind() == FlowKind.SIGN_IN && bringsStepsOfAnotherFlow(position));
    }

    private boolean isOfAnother(FlowPosition position) {
        boolean requiresPasskey = login.passedSteps()
                .filter(step -> step.flow().equals(position.flow()))
                .anyMatch(step -> roles.of(step.authenticator()).proof() == Proof.PASSKEY);
        boolean hasPasskey =
                login.completedPasskeyOf(position.user()).isPresent() || login.isNewPasskeyRequiredOf(position.user());
        return (requiresPasskey && !hasPasskey) || login.usersSeenIn(position).hasOtherThan(position.user());
    }

    /** Single sign-on alone passes no step that another user could have proved. */
    private boolean bringsStepsOfAnotherFlow(FlowPosition position) {
        return hasLeft(position)
                && login.passedSteps()
                        .anyMatch(step -> !CookieAuthenticatorFactory.PROVIDER_ID.equals(step.authenticator()));
    }

    /**
     * Whether a login must not be completed with this user. Keycloak keeps that a tab passed the flow after an identity
     * provider, but not for which user, and does not execute it again for the next one.
     */
    public boolean refusesCompletionFor(String user) {
        return login.isBrokered() && login.usersSeenAfterBroker().hasOtherThan(Optional.of(user));
    }
}
