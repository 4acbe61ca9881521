package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.flow.SignInStep.Showing;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.UserByName;
import io.github.keycloakpasskey.keycloak.page.PasskeyPost;
import io.github.keycloakpasskey.keycloak.page.UsernamePrefill;
import io.github.keycloakpasskey.keycloak.server.RememberMe;
import io.github.keycloakpasskey.keycloak.settings.ForeignText;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.messages.Messages;

/**
 * The step that asks for the user name, and goes on in the same way whether or not there is such a user. Its page offers
 * passkeys too: that of any user, as no name is entered yet; after a passkey the next steps ask for none. The next step must
 * not reveal whether the account exists: {@link PasskeyUsernamePasswordForm} or
 * {@link PasskeyAuthenticator}.
 */
final class PasskeyUsernameForm extends StepForAnyone {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (context.getUser() == null) {
            context.challenge(PasskeyUsernamePage.create(context, Showing.FIRST, UsernamePrefill.fields(context)));
        } else {
            context.success();
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (PasskeyPost.isIn(form)) {
            signIn(context, form);
        } else {
            takeName(context, form);
        }
    }

    private static void signIn(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        SignInStep signIn = new SignInStep(context);
        signIn.judge()
                .decide(
                        passkey -> {
                            RememberMe.process(context, form);
                            signIn.accept(passkey);
                            context.success();
                        },
                        refusal -> {
                            signIn.refuse(refusal);
                            context.forceChallenge(PasskeyUsernamePage.create(context, Showing.REFUSED, form));
                        });
    }

    private static void takeName(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        String typed = Optional.ofNullable(form.getFirst(AuthenticationManager.FORM_USERNAME))
                .map(String::strip)
                .orElse("");
        if (typed.isEmpty()) {
            context.getEvent().error(Errors.USERNAME_MISSING);
            context.form().addError(new FormMessage(AuthenticationManager.FORM_USERNAME, Messages.MISSING_USERNAME));
            context.forceChallenge(PasskeyUsernamePage.create(context, Showing.AGAIN, form));
        } else {
            goOn(context, typed, form);
        }
    }

    private static void goOn(AuthenticationFlowContext context, String typed, MultivaluedMap<String, String> form) {
        context.getEvent().detail(Details.USERNAME, ForeignText.inEvent(typed));
        RememberMe.process(context, form);
        LoginUser.forget(context);
        LoginState.of(context.getAuthenticationSession())
                .attempt(typed, find(context, typed).map(user -> user.getId()));
        context.success();
    }

    /**
     * Keycloak finds a known name in its cache, and looks for an unknown one in the database each time. So that both take as
     * long, a known name is followed by a search for a name that no user has.
     */
    private static Optional<UserModel> find(AuthenticationFlowContext context, String typed) {
        UserByName users = UserByName.of(context.getSession(), context.getRealm());
        Optional<UserModel> user = users.find(typed);
        if (user.isPresent()) {
            users.find(typed + UUID.randomUUID());
        }
        return user;
    }
}
