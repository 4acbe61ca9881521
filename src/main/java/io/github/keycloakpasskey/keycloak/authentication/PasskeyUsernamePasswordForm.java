package io.github.keycloakpasskey.keycloak.authentication;

import io.github.keycloakpasskey.keycloak.ceremony.PasskeyPage;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyPost;
import io.github.keycloakpasskey.webauthn.FailureReason;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordForm;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.forms.login.LoginFormsProvider;

/**
 * The page that most realms have: user name and password, and a passkey on the same page. All that
 * is password is Keycloak's own form; its built-in passkeys stay out, as the form without a session
 * does not know them.
 */
final class PasskeyUsernamePasswordForm extends UsernamePasswordForm {

    private static final String PAGE = "passkey-username-password.ftl";

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (!PasskeyPost.isIn(form)) {
            super.action(context);
            return;
        }
        PasskeySignIn signIn = new PasskeySignIn(context);
        signIn.judge()
                .decide(
                        passkey -> {
                            // Where the user was known before, this page has no such box to read.
                            if (!isUserAlreadySetBeforeUsernamePasswordAuth(context)) {
                                AuthenticatorUtils.processRememberMe(context, form);
                            }
                            signIn.succeed(passkey);
                        },
                        reason -> askAgain(context, signIn, reason));
    }

    private void askAgain(AuthenticationFlowContext context, PasskeySignIn signIn, FailureReason reason) {
        signIn.refuse(reason);
        AuthenticatorUtils.setupReauthenticationInUsernamePasswordFormError(context);
        prepare(context, context.getHttpRequest().getDecodedFormParameters());
        context.forceChallenge(createLoginForm(context.form()));
    }

    @Override
    protected Response challenge(AuthenticationFlowContext context, MultivaluedMap<String, String> formData) {
        prepare(context, formData);
        return createLoginForm(context.form());
    }

    @Override
    protected Response challenge(AuthenticationFlowContext context, String error, String field) {
        prepare(context, context.getHttpRequest().getDecodedFormParameters());
        return super.challenge(context, error, field);
    }

    private static void prepare(AuthenticationFlowContext context, MultivaluedMap<String, String> typed) {
        PasskeyPage.complete(context.form(), context.getAuthenticationSession(), typed);
        PasskeySignIn signIn = new PasskeySignIn(context);
        if (signIn.isOffered()) {
            signIn.open();
        }
    }

    @Override
    protected Response createLoginForm(LoginFormsProvider form) {
        return form.createForm(PAGE);
    }

    @Override
    protected boolean alreadyAuthenticatedUsingPasswordlessCredential(AuthenticationFlowContext context) {
        return new PasskeySignIn(context).isDone();
    }
}
