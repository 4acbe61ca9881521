package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.login.CompletedPasskey;
import io.github.keycloakpasskey.keycloak.login.UsersSeen;
import io.github.keycloakpasskey.keycloak.server.SignUp;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.validation.Validation;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What is left to do when the steps of a login are done, and it goes on to required actions or to its app. */
final class LoginCompletionCheck {

    private final RequiredActionContext context;
    private final AuthenticationSessionModel login;
    private final UserModel user;

    private LoginCompletionCheck(RequiredActionContext context) {
        this.context = context;
        this.login = context.getAuthenticationSession();
        this.user = context.getUser();
    }

    /**
     * Looks at the login once its steps are done, and again before each required action.
     *
     * @throws ErrorPageException if another user has passed the steps that follow a sign-in through others, or another
     *     login has verified the e-mail address of a user who signed up in this one
     */
    static void reached(RequiredActionContext context) {
        LoginCompletionCheck end = new LoginCompletionCheck(context);
        if (end.isOfSomeoneElse()) {
            throw end.refused();
        }
        CompletedPasskey.in(end.login, end.user)
                .filter(used -> used.isBehind(end.login))
                .ifPresent(used -> used.tell(context.getEvent()));
        SignUp.note(end.login);
        if (end.isVerifiedElsewhere()) {
            throw end.expired();
        }
        if (end.isNewAndUnverified()) {
            end.login.addRequiredAction(UserModel.RequiredAction.VERIFY_EMAIL);
        }
    }

    /**
     * Keycloak keeps in a tab that the steps after a sign-in through others were passed, and not by whom: the next who
     * signs in there through others would not be asked.
     */
    private boolean isOfSomeoneElse() {
        return login.getUserSessionNotes().containsKey(Details.IDENTITY_PROVIDER)
                && UsersSeen.afterOthers(login).areOtherThan(user);
    }

    private ErrorPageException refused() {
        UsersSeen.tell(context.getEvent());
        return expiredPage();
    }

    private ErrorPageException expired() {
        context.getEvent().error(Errors.EXPIRED_CODE);
        return expiredPage();
    }

    private ErrorPageException expiredPage() {
        return new ErrorPageException(
                context.getSession(), login, Response.Status.BAD_REQUEST, Messages.EXPIRED_ACTION);
    }

    /**
     * Whoever has just signed up with an address that is still to be verified has to verify it in this very login: else
     * it could wait until the address's owner has done so, and go on in the account that is theirs by then.
     */
    private boolean isNewAndUnverified() {
        return SignUp.isIn(login)
                && context.getRealm().isVerifyEmail()
                && !user.isEmailVerified()
                && !Validation.isBlank(user.getEmail());
    }

    /**
     * A verification in this login takes the action away from it. Keycloak checks this itself since 26.7, where it starts
     * the login anew; older versions would go on in an account that belongs to the owner of the address by now.
     */
    private boolean isVerifiedElsewhere() {
        return !SignUp.isGuardedByKeycloak()
                && SignUp.isIn(login)
                && user.isEmailVerified()
                && login.getRequiredActions().contains(UserModel.RequiredAction.VERIFY_EMAIL.name());
    }
}
