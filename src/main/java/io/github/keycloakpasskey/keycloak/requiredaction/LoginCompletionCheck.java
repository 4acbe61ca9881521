package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.login.CompletedPasskey;
import io.github.keycloakpasskey.keycloak.login.UsersSeen;
import io.github.keycloakpasskey.keycloak.server.LoginNotes;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
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

    /** @throws ErrorPageException if somebody else has passed the steps that follow a sign-in through others */
    static void reached(RequiredActionContext context) {
        LoginCompletionCheck end = new LoginCompletionCheck(context);
        if (end.isOfSomeoneElse()) {
            throw end.refused();
        }
        CompletedPasskey.in(end.login, end.user)
                .filter(used -> used.isBehind(end.login))
                .ifPresent(used -> used.tell(context.getEvent()));
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
        return new ErrorPageException(
                context.getSession(), login, Response.Status.BAD_REQUEST, Messages.EXPIRED_ACTION);
    }

    /**
     * Whoever has just signed up with an address that is still to be verified has to verify it in this very login: else
     * it could wait until the address's owner has done so, and go on in the account that is theirs by then.
     */
    private boolean isNewAndUnverified() {
        return Boolean.parseBoolean(login.getAuthNote(LoginNotes.NEW_USER_REGISTERED))
                && context.getRealm().isVerifyEmail()
                && !user.isEmailVerified()
                && !Validation.isBlank(user.getEmail());
    }
}
