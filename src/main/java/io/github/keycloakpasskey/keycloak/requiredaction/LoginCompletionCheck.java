package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.ceremony.CeremonyEvidence;
import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.login.ActionLink;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.StandingProof;
import io.github.keycloakpasskey.keycloak.login.UserSwitchGuard;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.keycloak.page.SignInAgain;
import io.github.keycloakpasskey.keycloak.server.AppAddress;
import io.github.keycloakpasskey.keycloak.server.SignUp;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.validation.Validation;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What remains to be done when the steps of a login are done, and it goes on to required actions or to its app. */
final class LoginCompletionCheck {

    /** The attribute of Keycloak's page for its link back to the app. */
    private static final String APP_ADDRESS = "pageRedirectUri";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel session;
    private final LoginState login;
    private final UserModel user;

    private LoginCompletionCheck(RequiredActionContext context) {
        this.context = context;
        this.session = context.getAuthenticationSession();
        this.login = LoginState.of(session);
        this.user = context.getUser();
    }

    /**
     * Checks a login before it is completed, gives its event the details of the passkey, and has a new user verify their
     * e-mail address. Keycloak asks for this when the steps of the login are done, and again before each required action.
     *
     * @throws WebApplicationException if what proved the user does not count any more: leads to the sign-in page
     * @throws ErrorPageException if the user was deleted, if the flow after an identity provider was passed by another user,
     *     or if another login has verified the e-mail address of a user who signed up in this one
     */
    static void complete(RequiredActionContext context) {
        requireUser(context);
        LoginCompletionCheck check = new LoginCompletionCheck(context);
        check.refuseAnotherUser();
        new ActionLink(context.getSession(), check.login, Clock.systemUTC()).keep();
        check.refuseLostProof();
        check.reportPasskey();
        SignUp.note(check.session);
        check.refuseVerificationElsewhere();
        check.requireVerifiedEmail();
        check.leadBackAfterRecovery();
    }

    /**
     * Ends a login whose user was deleted since it began.
     *
     * @throws ErrorPageException if there is no user
     */
    static void requireUser(RequiredActionContext context) {
        if (context.getUser() == null) {
            context.getEvent().error(Errors.USER_NOT_FOUND);
            throw expiredPage(context);
        }
    }

    private void refuseAnotherUser() {
        if (UserSwitchGuard.of(context.getSession(), session).refusesCompletionFor(user.getId())) {
            context.getEvent()
                    .detail(Details.AUTHENTICATION_ERROR_DETAIL, UserSwitchGuard.USER_CHANGED)
                    .error(Errors.GENERIC_AUTHENTICATION_ERROR);
            throw expiredPage(context);
        }
    }

    /** Restarts a login whose passkey, account or session does not count any more. */
    private void refuseLostProof() {
        StandingProof proof = new StandingProof(context.getSession(), login, user, Clock.systemUTC());
        proof.keep();
        proof.lossAtEnd().ifPresent(loss -> {
            Refusal refusal = Refusal.of(KeycloakReason.PROOF_LOST);
            CeremonyEvidence.NONE.losing(loss).reportTo(context.getEvent());
            context.getEvent().detail(Details.REASON, refusal.reason().code()).error(refusal.eventError());
            throw new WebApplicationException(SignInAgain.because(refusal, context.getSession(), session));
        });
    }

    private static ErrorPageException expiredPage(RequiredActionContext context) {
        return new ErrorPageException(
                context.getSession(),
                context.getAuthenticationSession(),
                Response.Status.BAD_REQUEST,
                Messages.EXPIRED_ACTION);
    }

    /**
     * Only if the login has gone on since the passkey was posted. A page that is posted twice at once can make Keycloak
     * complete one login twice, and the second time has verified no passkey.
     */
    private void reportPasskey() {
        login.completedPasskeyOf(Optional.of(user.getId()))
                .filter(passkey -> login.hasMovedOnFrom(passkey.step()))
                .ifPresent(passkey -> passkey.details().forEach(context.getEvent()::detail));
    }

    /**
     * A user who has just signed up verifies their address in this very login. Otherwise the login could wait until the
     * owner of the address has verified it, and go on in an account that is the owner's by then.
     */
    private void requireVerifiedEmail() {
        if (SignUp.isIn(session)
                && context.getRealm().isVerifyEmail()
                && !user.isEmailVerified()
                && !Validation.isBlank(user.getEmail())) {
            session.addRequiredAction(UserModel.RequiredAction.VERIFY_EMAIL);
        }
    }

    /**
     * A recovery whose link was opened in another browser ends with a message of Keycloak's. Its page leads back to apps with
     * a base URL alone, and Keycloak creates it with the form of this session.
     */
    private void leadBackAfterRecovery() {
        if (login.endsWithoutSession() && login.recoveryOf(user.getId()).isPresent()) {
            AppAddress.of(context.getSession(), session.getClient()).ifPresent(address -> context.getSession()
                    .getProvider(LoginFormsProvider.class)
                    .setAttribute(APP_ADDRESS, address));
        }
    }

    /**
     * Since 26.7 Keycloak checks this itself, and restarts the login; older versions would go on in an account that belongs
     * to the owner of the address by now. A verification in this login would have taken the action from it.
     */
    private void refuseVerificationElsewhere() {
        if (!SignUp.isGuardedByKeycloak()
                && SignUp.isIn(session)
                && user.isEmailVerified()
                && session.getRequiredActions().contains(UserModel.RequiredAction.VERIFY_EMAIL.name())) {
            context.getEvent().error(Errors.EXPIRED_CODE);
            throw expiredPage(context);
        }
    }
}
